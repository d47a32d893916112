/// Looks at the books while the storm goes on and after it: what was lost, done twice, or too much.
@NullMarked
package dev.convergence.benchmark.chaos.judge;

import org.jspecify.annotations.NullMarked;
