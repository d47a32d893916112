/// Generation jobs as the engine runs them: a handler for each type, around what `steps` can do.
@NullMarked
package dev.convergence.service.generation;

import org.jspecify.annotations.NullMarked;
