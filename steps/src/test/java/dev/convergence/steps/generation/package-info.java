/// Tests of what generation jobs write.
@NullMarked
package dev.convergence.steps.generation;

import org.jspecify.annotations.NullMarked;
