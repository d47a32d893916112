package dev.convergence.engine.notification;

import dev.convergence.engine.id.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which events go to which channels, and how often at most.
///
/// @param providers of pipelines, in upper case; none: all
/// @param pipelineId only of this one; null for all
/// @param severity null for the event's own
/// @param cooldownSeconds null for the event's own
/// @param isFinalOnly whether failures that are tried again are passed over
/// @param lateSeconds from how late on a slot is late
/// @param daysBefore how early it is told that a key expires
public record Rule(
        UUID id,
        TenantId tenant,
        String name,
        Set<NoticeEvent> events,
        List<UUID> channels,
        List<String> providers,
        @Nullable String pipelineId,
        @Nullable Severity severity,
        @Nullable Integer cooldownSeconds,
        boolean isFinalOnly,
        int lateSeconds,
        int daysBefore,
        boolean isEnabled,
        Instant createdAt,
        Instant updatedAt) {

    public Rule {
        events = Set.copyOf(events);
        channels = List.copyOf(channels);
        providers = List.copyOf(providers);
    }

    boolean takes(Notice notice) {
        return isEnabled
                && events.contains(notice.event())
                && (pipelineId == null || pipelineId.equals(notice.pipelineId()))
                && (providers.isEmpty() || providers.contains(notice.provider()))
                && !(isFinalOnly && notice.willRetry());
    }

    Duration cooldown(NoticeEvent event) {
        return cooldownSeconds == null ? event.cooldown() : Duration.ofSeconds(cooldownSeconds);
    }

    Severity severity(Notice notice) {
        return Objects.requireNonNullElse(severity, notice.severity());
    }
}
