package dev.convergence.api.job;

import org.jspecify.annotations.Nullable;

/// @param priority of the new job; left out, that of the failed one
public record RetryRequest(@Nullable Integer priority) {}
