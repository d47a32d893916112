/// Signing in from a browser: the key, sealed into a cookie that every node can open.
@NullMarked
package dev.convergence.service.http.session;

import org.jspecify.annotations.NullMarked;
