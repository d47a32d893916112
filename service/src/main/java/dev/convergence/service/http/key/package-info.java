/// The routes of API keys.
@NullMarked
package dev.convergence.service.http.key;

import org.jspecify.annotations.NullMarked;
