/// The benchmark's command line.
@NullMarked
package dev.convergence.benchmark;

import org.jspecify.annotations.NullMarked;
