/// What is measured: one class for each line of the report, and the figures that they give.
@NullMarked
package dev.convergence.benchmark.engine.line;

import org.jspecify.annotations.NullMarked;
