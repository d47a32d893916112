package dev.convergence.engine.trail;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A write as the audit log has it.
///
/// @param outcome null: it began, and nobody knows how it ended, because its node died
public record Entry(
        UUID id,
        @Nullable String tenant,
        String actor,
        @Nullable String userId,
        String action,
        String resource,
        @Nullable String resourceId,
        String method,
        String path,
        String requestId,
        Ending.@Nullable Outcome outcome,
        @Nullable Integer status,
        @Nullable String errorCode,
        @Nullable String before,
        @Nullable String after,
        Instant at) {}
