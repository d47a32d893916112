package dev.convergence.api.job;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A job template.
///
/// @param status ACTIVE or ARCHIVED
public record JobTemplateAnswer(
        String templateId,
        String tenantId,
        String customerId,
        String name,
        String jobType,
        Map<String, Object> params,
        Map<String, Object> retryPolicy,
        @Nullable String description,
        String status,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant archivedAt) {}
