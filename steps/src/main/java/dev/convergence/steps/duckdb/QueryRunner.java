package dev.convergence.steps.duckdb;

import dev.convergence.engine.warehouse.Warehouse.QueryResult;
import java.nio.file.Path;

/// Answers one read-only SELECT on a DuckDB file: the seam to the SQL sandbox.
public interface QueryRunner {

    QueryResult run(Path databaseFile, String sql, int limit);
}
