package dev.convergence.api.scheduler;

import dev.convergence.api.pipeline.RunAnswer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs of configs, newest first.
public record ScheduledRunsAnswer(List<RunAnswer> runs, long total, @Nullable String nextCursor) {}
