/// `convergence bench pipelines`: generated bills through the steps of a pipeline, each beside
/// plain DuckDB on the same file.
@NullMarked
package dev.convergence.benchmark.pipelines;

import org.jspecify.annotations.NullMarked;
