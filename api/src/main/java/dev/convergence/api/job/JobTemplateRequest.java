package dev.convergence.api.job;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a job template is to be; a field that is left out keeps its value or its default.
///
/// @param retryPolicy `{max_attempts, base_seconds}`
public record JobTemplateRequest(
        @Nullable String name,
        @JsonAlias({"type"}) @Nullable String jobType,
        @JsonAlias({"default_params"}) @Nullable Map<String, Object> params,
        @Nullable Map<String, Object> retryPolicy,
        @Nullable String description) {}
