package dev.convergence.engine.trail;

import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which entries to list; null for all.
///
/// @param before the last one of the page before
public record TrailFilter(
        @Nullable TenantId tenant,
        @Nullable String actor,
        @Nullable String action,
        @Nullable String resource,
        @Nullable String resourceId,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable UUID before,
        int limit) {}
