package dev.convergence.api.audit;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A write, who did it, and what it changed.
///
/// @param actor `key:ID` of an API key, `admin`, or `anyone`
/// @param userId what `X-User-ID` said
/// @param outcome DONE, REFUSED, FAILED, REPLAYED, or UNKNOWN: its node died before it could tell
/// @param before what the thing was, secrets masked; null when there was none
/// @param after what the write answered, secrets masked
public record AuditAnswer(
        UUID auditId,
        @Nullable String tenantId,
        @Nullable String customerId,
        String actor,
        @Nullable String userId,
        String action,
        String resource,
        @Nullable String resourceId,
        String method,
        String path,
        String requestId,
        String outcome,
        @Nullable Integer status,
        @Nullable String errorCode,
        @Nullable Map<String, Object> before,
        @Nullable Map<String, Object> after,
        Instant at) {}
