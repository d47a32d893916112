/// `convergence bench costs`: how long the routes that read a data set back take, over HTTP, on a
/// server of its own.
@NullMarked
package dev.convergence.benchmark.costs;

import org.jspecify.annotations.NullMarked;
