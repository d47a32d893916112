package dev.convergence.engine.trail;

import dev.convergence.engine.id.TenantId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A write that is about to happen.
///
/// @param tenant whose thing it is; null for the installation's, or when it is not known yet
/// @param actor `key:ID`, `admin` or `anyone`
public record Beginning(
        UUID id,
        @Nullable TenantId tenant,
        String actor,
        @Nullable String userId,
        String action,
        String resource,
        @Nullable String resourceId,
        String method,
        String path,
        String requestId) {}
