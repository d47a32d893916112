/// DuckDB: the staging database of a run, and each tenant's data set in a file of its own.
@NullMarked
package dev.convergence.steps.duckdb;

import org.jspecify.annotations.NullMarked;
