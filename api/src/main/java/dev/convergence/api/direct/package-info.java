/// The words about work that its caller waits for, and about reservations.
@NullMarked
package dev.convergence.api.direct;

import org.jspecify.annotations.NullMarked;
