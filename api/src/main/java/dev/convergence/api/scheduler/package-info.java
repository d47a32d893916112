/// What the scheduler's routes answer.
@NullMarked
package dev.convergence.api.scheduler;

import org.jspecify.annotations.NullMarked;
