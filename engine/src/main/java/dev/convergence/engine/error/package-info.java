/// Refusals: a code, a sentence for the user, and what kind of failure it is. Ground.
@NullMarked
package dev.convergence.engine.error;

import org.jspecify.annotations.NullMarked;
