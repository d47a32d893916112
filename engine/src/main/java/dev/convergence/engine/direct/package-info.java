/// Work that somebody waits for: reserve the lane, wait until it is empty, execute, answer. A verb;
/// imports `queue`, `worker` and ground.
@NullMarked
package dev.convergence.engine.direct;

import org.jspecify.annotations.NullMarked;
