/// The words of signing in from a browser.
@NullMarked
package dev.convergence.api.session;

import org.jspecify.annotations.NullMarked;
