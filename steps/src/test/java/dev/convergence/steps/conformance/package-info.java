/// Tests of the quality rules, on real DuckDB tables.
@NullMarked
package dev.convergence.steps.conformance;

import org.jspecify.annotations.NullMarked;
