package dev.convergence.engine.queue;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What somebody wants changed about a waiting job; null leaves it as it is.
///
/// @param pool the pool that the new parameters need; only with parameters
/// @param position where it stands in its level afterwards, among the positions that people see
public record JobChange(
        @Nullable Integer priority,
        @Nullable Map<String, Object> params,
        @Nullable String pool,
        @Nullable Long position) {}
