/// The routes that say why something waits.
@NullMarked
package dev.convergence.service.http.why;

import org.jspecify.annotations.NullMarked;
