/// `convergence bench scheduler`: what deciding costs, beside SQL written by hand.
@NullMarked
package dev.convergence.benchmark.scheduler;

import org.jspecify.annotations.NullMarked;
