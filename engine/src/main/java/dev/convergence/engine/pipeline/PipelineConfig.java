package dev.convergence.engine.pipeline;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.time.Cadence;
import dev.convergence.engine.time.CronExpression;
import java.time.Duration;
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
/// @param policy how its instants become runs
/// @param timing where it stands in its schedule
/// @param failuresInARow how many of its last runs failed, retries and all
/// @param halt why it is not active; null for one that is, and for pauses of before there were
///   others
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
        SchedulePolicy policy,
        Timing timing,
        @Nullable Instant lastRunTime,
        @Nullable String lastRunStatus,
        int failuresInARow,
        @Nullable Halt halt,
        @Nullable String haltReason,
        @Nullable String createdBy,
        Instant createdAt,
        Instant updatedAt) {

    public static final int PRIORITY_DEFAULT = 5;
    public static final int PRIORITY_MIN = 1;
    public static final int PRIORITY_MAX = 10;

    PipelineConfig at(Timing timing) {
        return new PipelineConfig(
                id,
                tenant,
                provider,
                domain,
                templateName,
                pipelineName,
                description,
                cron,
                zone,
                isActive,
                parameters,
                priority,
                retry,
                notificationEmails,
                policy,
                timing,
                lastRunTime,
                lastRunStatus,
                failuresInARow,
                halt,
                haltReason,
                createdBy,
                createdAt,
                updatedAt);
    }

    /// When it runs next; the one truth of what is due.
    public Instant nextRunTime() {
        return timing.nextRunTime();
    }

    public Cadence cadence() {
        return policy.cadence(CronExpression.parse(cron), zone);
    }

    /// How much later than its instants it fires.
    public Duration spread() {
        return policy.spread(id);
    }

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
