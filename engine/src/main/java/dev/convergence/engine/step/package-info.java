/// The port to the `steps` module: what a pipeline step gets and what it answers. Depends on ground
/// only.
@NullMarked
package dev.convergence.engine.step;

import org.jspecify.annotations.NullMarked;
