/// The landing zone's tests.
@NullMarked
package dev.convergence.steps.landing;

import org.jspecify.annotations.NullMarked;
