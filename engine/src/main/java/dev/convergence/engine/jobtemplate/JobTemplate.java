package dev.convergence.engine.jobtemplate;

import dev.convergence.engine.id.TemplateId;
import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What jobs are made of again and again. A job takes a copy when it is made; a later change of the
/// template changes no job.
///
/// @param archivedAt from then on it makes no new jobs
public record JobTemplate(
        TemplateId id,
        TenantId tenant,
        String name,
        String jobType,
        Map<String, Object> params,
        RetryWish retry,
        @Nullable String description,
        @Nullable Instant archivedAt,
        Instant createdAt,
        Instant updatedAt) {

    public boolean isArchived() {
        return archivedAt != null;
    }

    /// The template's parameters with others laid over them: a nested object is replaced whole.
    public Map<String, Object> overlaid(Map<String, Object> overrides) {
        Map<String, Object> all = new LinkedHashMap<>(params);
        all.putAll(overrides);
        return all;
    }
}
