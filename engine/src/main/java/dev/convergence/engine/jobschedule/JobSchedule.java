package dev.convergence.engine.jobschedule;

import dev.convergence.engine.id.ScheduleId;
import dev.convergence.engine.id.TemplateId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.time.CronExpression;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// When a job template becomes a job by itself.
///
/// @param priority of the jobs that it makes
/// @param overrides laid over the template's parameters
/// @param nextTriggerAt the next instant that the cron knows
/// @param lastTriggeredAt the instant at which the last job was due
public record JobSchedule(
        ScheduleId id,
        TenantId tenant,
        TemplateId template,
        String name,
        String cron,
        ZoneId zone,
        boolean isEnabled,
        int priority,
        Map<String, Object> overrides,
        Instant nextTriggerAt,
        @Nullable Instant lastTriggeredAt,
        Instant createdAt,
        Instant updatedAt) {

    JobSchedule next(Instant instant) {
        return new JobSchedule(
                id,
                tenant,
                template,
                name,
                cron,
                zone,
                isEnabled,
                priority,
                overrides,
                instant,
                lastTriggeredAt,
                createdAt,
                updatedAt);
    }

    /// The first instant after another.
    public Instant after(Instant instant) {
        return CronExpression.parse(cron)
                .next(instant, zone)
                .orElseThrow(() -> new IllegalStateException("A checked cron came to no end."));
    }

    /// The last instant that has come, of those from the next one on: what was missed before it
    /// collapses into it.
    public Instant lastDue(Instant now) {
        Instant due = nextTriggerAt;
        Instant next = after(due);
        while (!next.isAfter(now)) {
            due = next;
            next = after(due);
        }
        return due;
    }
}
