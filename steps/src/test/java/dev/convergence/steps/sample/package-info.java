/// Tests of the generated bills.
@NullMarked
package dev.convergence.steps.sample;

import org.jspecify.annotations.NullMarked;
