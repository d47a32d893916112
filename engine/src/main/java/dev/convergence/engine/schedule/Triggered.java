package dev.convergence.engine.schedule;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.slot.SlotOutcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a look at the due configs brought.
///
/// @param due how many configs were due before
/// @param recorded how many instants got their rows that did not fire and whose turn it was not
public record Triggered(long due, List<Decision> decisions, long recorded) {

    /// @param reason why it was skipped; null when it fired
    public record Decision(
            ConfigId config,
            TenantId tenant,
            JobId job,
            Instant dueAt,
            SlotOutcome outcome,
            @Nullable String reason) {}

    public long fired() {
        return decisions.stream().filter(d -> d.outcome() == SlotOutcome.FIRED).count();
    }

    public long skipped() {
        return decisions.size() - fired();
    }
}
