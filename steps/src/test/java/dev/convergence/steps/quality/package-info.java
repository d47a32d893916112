/// Tests of the quality rules, on real DuckDB tables.
@NullMarked
package dev.convergence.steps.quality;

import org.jspecify.annotations.NullMarked;
