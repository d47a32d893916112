/// What is done to the victims, and in which order.
@NullMarked
package dev.convergence.benchmark.chaos.attack;

import org.jspecify.annotations.NullMarked;
