package dev.convergence.api.job;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is to be changed about a waiting job; what is left out stays.
///
/// @param position where it stands in its priority level; 50 is before 100
public record JobChangeRequest(
        @Nullable Integer priority,
        @Nullable Map<String, Object> params,
        @Nullable Long position) {}
