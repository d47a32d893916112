/// Routes of jobs, their runs, templates and schedules.
@NullMarked
package dev.convergence.service.http.job;

import org.jspecify.annotations.NullMarked;
