/// The routes of tenants: how they come, what they are, how they go.
@NullMarked
package dev.convergence.service.http.tenant;

import org.jspecify.annotations.NullMarked;
