/// Jobs, their runs, templates and schedules on the wire.
@NullMarked
package dev.convergence.api.job;

import org.jspecify.annotations.NullMarked;
