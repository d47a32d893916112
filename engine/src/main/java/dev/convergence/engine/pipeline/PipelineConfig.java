package dev.convergence.engine.pipeline;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A tenant's template with parameters, a schedule and a priority.
///
/// @param provider upper case; templates are found in lower case
/// @param retry the retry settings as given: max_retries, backoff_multiplier, max_backoff_seconds
/// @param nextRunTime when it is due next; the one truth of what is due
/// @param lastRunStatus SUCCESS, FAILED, SKIPPED or CANCELLED
public record PipelineConfig(
        ConfigId id,
        TenantId tenant,
        String provider,
        String domain,
        String templateName,
        String pipelineName,
        @Nullable String description,
        String cron,
        ZoneId zone,
        boolean isActive,
        Map<String, Object> parameters,
        int priority,
        Map<String, Object> retry,
        List<String> notificationEmails,
        Instant nextRunTime,
        @Nullable Instant lastRunTime,
        @Nullable String lastRunStatus,
        @Nullable String createdBy,
        Instant createdAt,
        Instant updatedAt) {

    public static final int PRIORITY_DEFAULT = 5;
    public static final int PRIORITY_MIN = 1;
    public static final int PRIORITY_MAX = 10;

    /// `{tenant}-{provider}-{domain}-{template}`, the id under which its runs are listed.
    public String pipelineId() {
        return pipelineId(tenant, provider, domain, templateName);
    }

    public static String pipelineId(
            TenantId tenant, String provider, String domain, String template) {
        return (tenant
                        + "-"
                        + provider.toLowerCase(Locale.ROOT)
                        + "-"
                        + domain.toLowerCase(Locale.ROOT))
                + "-"
                + template.toLowerCase(Locale.ROOT);
    }
}
