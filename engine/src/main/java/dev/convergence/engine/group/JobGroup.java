package dev.convergence.engine.group;

import dev.convergence.engine.id.GroupId;
import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Jobs that were put in together.
///
/// @param cancelRequestedAt when somebody cancelled the whole of it
/// @param end how it ended; null as long as a member has not
public record JobGroup(
        GroupId id,
        TenantId tenant,
        @Nullable String name,
        GroupMode mode,
        OnFailure onFailure,
        int priority,
        @Nullable String createdBy,
        @Nullable Instant cancelRequestedAt,
        @Nullable GroupStatus end,
        @Nullable Instant finishedAt) {

    public boolean isSequential() {
        return mode == GroupMode.SEQUENTIAL;
    }

    public boolean isCancelled() {
        return cancelRequestedAt != null;
    }

    public boolean hasEnded() {
        return end != null;
    }
}
