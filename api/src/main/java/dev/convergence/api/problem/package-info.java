/// What every refusal looks like on the wire.
@NullMarked
package dev.convergence.api.problem;

import org.jspecify.annotations.NullMarked;
