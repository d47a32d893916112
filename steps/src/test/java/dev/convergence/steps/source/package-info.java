/// The sources' tests.
@NullMarked
package dev.convergence.steps.source;

import org.jspecify.annotations.NullMarked;
