/// The publishing tests.
@NullMarked
package dev.convergence.steps.publish;

import org.jspecify.annotations.NullMarked;
