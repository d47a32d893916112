package dev.convergence.engine.run;

import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A tenant's queue at a glance; while two are equal, nothing was put in, claimed or settled.
///
/// @param mark changes with every claim and every settlement
/// @param newest when the newest job was put in
/// @param waiting how many may start, counted up to [Pulses#EXACT_MAX]
/// @param pausing how many wait for their time, counted likewise
/// @param oldest when the one of those that may start was made that has waited longest
public record Pulse(
        TenantId tenant,
        String mark,
        @Nullable Instant newest,
        long waiting,
        long pausing,
        int running,
        int limit,
        @Nullable Instant oldest) {

    /// Whether anything is under way that may change without a claim or a settlement.
    public boolean isLive() {
        return running > 0 || waiting > 0 || pausing > 0;
    }
}
