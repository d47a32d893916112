package dev.convergence.engine.slot;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which slots are asked for, the latest first; null asks for all.
///
/// @param from the first due instant
/// @param to the end, which is not included
/// @param after the last one of the page before
public record SlotFilter(
        @Nullable TenantId tenant,
        @Nullable ConfigId config,
        @Nullable SlotOutcome outcome,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Place after,
        int limit) {

    /// A slot's place in the list.
    public record Place(Instant dueAt, ConfigId config) {}
}
