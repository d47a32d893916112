/// The PostgreSQL that everybody is measured on: started here, or given; its settings, its commits.
@NullMarked
package dev.convergence.benchmark.engine.server;

import org.jspecify.annotations.NullMarked;
