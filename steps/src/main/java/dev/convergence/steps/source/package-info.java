/// Sources: where the lines of a bill come from, how they are read, and the raw tables that they
/// fill.
@NullMarked
package dev.convergence.steps.source;

import org.jspecify.annotations.NullMarked;
