/// Tests of the limits without a server.
@NullMarked
package dev.convergence.service.http.limits;

import org.jspecify.annotations.NullMarked;
