/// What the tests of the steps share.
@NullMarked
package dev.convergence.steps;

import org.jspecify.annotations.NullMarked;
