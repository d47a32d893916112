package dev.convergence.engine.subscription;

import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Other limits than those of the subscription, until an instant; with who set them and why.
///
/// @param daily null leaves that limit as it is booked; so do the others
/// @param endedAt when it was replaced, taken back or noticed as expired; null while it may hold
public record LimitOverride(
        UUID id,
        TenantId tenant,
        @Nullable Integer daily,
        @Nullable Integer monthly,
        @Nullable Integer concurrent,
        String reason,
        String createdBy,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant endedAt,
        @Nullable String endedBy) {

    public boolean holds(Instant now) {
        return endedAt == null && expiresAt.isAfter(now);
    }

    /// The limits that hold while this does.
    public Limits over(Limits booked) {
        return new Limits(
                daily == null ? booked.daily() : daily,
                monthly == null ? booked.monthly() : monthly,
                concurrent == null ? booked.concurrent() : concurrent);
    }

    LimitOverride ended(String by, Instant now) {
        return new LimitOverride(
                id,
                tenant,
                daily,
                monthly,
                concurrent,
                reason,
                createdBy,
                createdAt,
                expiresAt,
                now,
                by);
    }
}
