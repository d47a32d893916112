/// Routes that control and show the scheduler.
@NullMarked
package dev.convergence.service.http.scheduler;

import org.jspecify.annotations.NullMarked;
