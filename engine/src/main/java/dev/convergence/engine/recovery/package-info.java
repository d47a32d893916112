/// Who is alive, and what becomes of the work of those who are not.
///
/// A verb; imports nouns, `queue`, `worker` and ground.
@NullMarked
package dev.convergence.engine.recovery;

import org.jspecify.annotations.NullMarked;
