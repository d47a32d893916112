/// The landing zone: the only place on disk from which a tenant's pipeline can read.
@NullMarked
package dev.convergence.steps.landing;

import org.jspecify.annotations.NullMarked;
