package dev.convergence.api.pipeline;

import org.jspecify.annotations.Nullable;

/// How a failed run is repeated.
///
/// @param fromStep from which step on; left out, all of it
public record RunRetryRequest(@Nullable String fromStep) {}
