/// Tests of what a run is told, what it leaves and how it ends.
@NullMarked
package dev.convergence.engine.flow;

import org.jspecify.annotations.NullMarked;
