package dev.convergence.api.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Jobs that wait, the next one first; retries that pause are not among them.
public record QueueAnswer(List<JobAnswer> jobs, @Nullable String nextCursor) {}
