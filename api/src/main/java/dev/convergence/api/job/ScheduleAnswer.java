package dev.convergence.api.job;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A schedule of a job template.
///
/// @param nextTriggerAt the next instant that its cron knows
/// @param lastTriggeredAt the instant at which its last job was due
public record ScheduleAnswer(
        String scheduleId,
        String tenantId,
        String customerId,
        String templateId,
        String name,
        String cron,
        String timezone,
        boolean enabled,
        int priority,
        Map<String, Object> paramOverrides,
        @Nullable Instant nextTriggerAt,
        @Nullable Instant lastTriggeredAt,
        Instant createdAt,
        Instant updatedAt) {}
