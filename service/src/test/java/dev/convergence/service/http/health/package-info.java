/// Tests of the health routes without a server.
@NullMarked
package dev.convergence.service.http.health;

import org.jspecify.annotations.NullMarked;
