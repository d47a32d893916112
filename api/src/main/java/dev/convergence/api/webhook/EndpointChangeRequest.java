package dev.convergence.api.webhook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What to change of an endpoint; what is left out stays.
public record EndpointChangeRequest(
        @Nullable String url,
        @Nullable List<@Nullable String> events,
        @Nullable String description,
        @Nullable Integer maxAttempts,
        @Nullable Boolean enabled) {}
