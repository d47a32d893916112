/// Routes to a tenant's own data set.
@NullMarked
package dev.convergence.service.http.data;

import org.jspecify.annotations.NullMarked;
