/// The DuckDB tests.
@NullMarked
package dev.convergence.steps.duckdb;

import org.jspecify.annotations.NullMarked;
