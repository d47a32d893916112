/// Work that happens over time: the one place that waits and the one place that catches everything.
/// Ground.
@NullMarked
package dev.convergence.engine.loop;

import org.jspecify.annotations.NullMarked;
