/// Routes of jobs that were given up.
@NullMarked
package dev.convergence.service.http.deadletter;

import org.jspecify.annotations.NullMarked;
