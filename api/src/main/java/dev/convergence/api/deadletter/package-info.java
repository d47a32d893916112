/// The words about jobs that were given up.
@NullMarked
package dev.convergence.api.deadletter;

import org.jspecify.annotations.NullMarked;
