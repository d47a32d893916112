package dev.convergence.api.cost;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A finding about security or compliance.
///
/// @param state OPEN, RESOLVED or MUTED
/// @param change NEW or RESOLVED since the snapshot before; null when nothing changed, or there was
///   none before
public record FindingAnswer(
        String findingId,
        String provider,
        @Nullable String account,
        @Nullable String ruleId,
        @Nullable String severity,
        @Nullable String state,
        @Nullable String change,
        @Nullable String resourceId,
        @Nullable String resourceType,
        @Nullable String region,
        @Nullable String description,
        @Nullable Instant firstSeen,
        @Nullable Instant eventTime,
        String runId) {}
