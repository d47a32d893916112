package dev.convergence.api.cost;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A finding about security or compliance, as it stands now.
///
/// @param source the tool that found it, such as `security_hub`
/// @param severity CRITICAL, HIGH, MEDIUM, LOW, INFO or UNKNOWN
/// @param state OPEN, RESOLVED, MUTED or EXEMPT
/// @param change NEW, RESOLVED, REOPENED or CHANGED since the snapshot before; null when nothing
///   changed, or there was none before
/// @param description its first 4,096 characters
/// @param eventTime when the tool told of it last; also `last_seen`
/// @param since when the load ran that found it in this state
/// @param runId the run of that load
public record FindingAnswer(
        String findingId,
        String provider,
        String source,
        @Nullable String account,
        @Nullable String ruleId,
        @Nullable String ruleName,
        @Nullable String standard,
        String severity,
        String state,
        @Nullable String change,
        @Nullable String resourceId,
        @Nullable String resourceType,
        @Nullable String region,
        @Nullable String description,
        @Nullable Instant firstSeen,
        @Nullable Instant lastSeen,
        @Nullable Instant eventTime,
        @Nullable Instant since,
        String runId) {}
