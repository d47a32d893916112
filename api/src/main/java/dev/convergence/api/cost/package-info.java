/// What a tenant's data set says of costs, findings and quality.
@NullMarked
package dev.convergence.api.cost;

import org.jspecify.annotations.NullMarked;
