/// Publishing: a run's staged tables replace their window in the tenant's data set, in one
/// transaction.
@NullMarked
package dev.convergence.steps.publish;

import org.jspecify.annotations.NullMarked;
