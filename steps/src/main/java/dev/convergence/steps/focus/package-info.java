/// FOCUS: every provider's cost in one table, one SELECT a provider.
@NullMarked
package dev.convergence.steps.focus;

import org.jspecify.annotations.NullMarked;
