package dev.convergence.api.job;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A job that somebody wants done.
///
/// @param type story, research, probe or pipeline; left out, the template's
/// @param params handed to the job as they are; for a pipeline `template` and `parameters`
/// @param priority 0 to 100, higher is sooner; 0 when left out
/// @param templateId a job template whose parameters lie under these
/// @param retryPolicy `{max_attempts, base_seconds}`; left out, the template's
public record JobRequest(
        @Nullable String type,
        @Nullable Map<String, Object> params,
        @Nullable Integer priority,
        @Nullable String templateId,
        @Nullable Map<String, Object> retryPolicy) {}
