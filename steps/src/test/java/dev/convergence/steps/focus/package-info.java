/// The FOCUS tests.
@NullMarked
package dev.convergence.steps.focus;

import org.jspecify.annotations.NullMarked;
