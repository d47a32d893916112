package dev.convergence.engine.jobtemplate;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What somebody wants a template to be; null leaves a field as it is, or at its default.
public record JobTemplateDraft(
        @Nullable String name,
        @Nullable String jobType,
        @Nullable Map<String, Object> params,
        @Nullable Map<String, Object> retryPolicy,
        @Nullable String description) {}
