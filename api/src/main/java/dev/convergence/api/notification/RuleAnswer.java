package dev.convergence.api.notification;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A rule.
public record RuleAnswer(
        UUID ruleId,
        String tenantId,
        String customerId,
        String name,
        List<String> events,
        List<UUID> channelIds,
        List<String> providers,
        @Nullable String pipelineId,
        @Nullable String severity,
        @Nullable Integer cooldownSeconds,
        boolean finalOnly,
        int lateSeconds,
        int daysBefore,
        boolean enabled,
        Instant createdAt,
        Instant updatedAt) {}
