/// Typed ids: a tenant's id cannot be passed where a job's is meant. Ground; imports nothing of
/// ours.
@NullMarked
package dev.convergence.engine.id;

import org.jspecify.annotations.NullMarked;
