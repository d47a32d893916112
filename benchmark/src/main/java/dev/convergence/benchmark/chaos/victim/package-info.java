/// The processes that are attacked: PostgreSQL and the nodes.
@NullMarked
package dev.convergence.benchmark.chaos.victim;

import org.jspecify.annotations.NullMarked;
