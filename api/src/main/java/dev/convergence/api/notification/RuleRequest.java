package dev.convergence.api.notification;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A rule to make, or what to change of one; what is left out stays.
///
/// @param providers left out: all
/// @param pipelineId left out: all pipelines
/// @param severity INFO, WARNING, ERROR or CRITICAL; left out: the event's own
/// @param cooldownSeconds 0 to 604800; left out: the event's own
/// @param finalOnly true: nothing of failures that are tried again
/// @param lateSeconds from how late on a slot is late; left out: 300
/// @param daysBefore how early it is told that a key expires; left out: 14
public record RuleRequest(
        @Nullable String name,
        @Nullable List<@Nullable String> events,
        @Nullable List<@Nullable UUID> channelIds,
        @Nullable List<@Nullable String> providers,
        @Nullable String pipelineId,
        @Nullable String severity,
        @Nullable Integer cooldownSeconds,
        @Nullable Boolean finalOnly,
        @Nullable Integer lateSeconds,
        @Nullable Integer daysBefore,
        @Nullable Boolean enabled) {}
