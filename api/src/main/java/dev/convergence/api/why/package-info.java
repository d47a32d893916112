/// The words about why something waits.
@NullMarked
package dev.convergence.api.why;

import org.jspecify.annotations.NullMarked;
