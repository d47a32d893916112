/// Routes of work that its caller waits for, and of reservations.
@NullMarked
package dev.convergence.service.http.direct;

import org.jspecify.annotations.NullMarked;
