/// What the nodes are given to do, all of it drawn from one seed.
@NullMarked
package dev.convergence.benchmark.chaos.work;

import org.jspecify.annotations.NullMarked;
