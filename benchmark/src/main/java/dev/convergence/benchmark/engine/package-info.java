/// `convergence bench engine`: this engine, its peers and raw SQL, one after another on one
/// PostgreSQL, and the lines that only this engine is measured by.
@NullMarked
package dev.convergence.benchmark.engine;

import org.jspecify.annotations.NullMarked;
