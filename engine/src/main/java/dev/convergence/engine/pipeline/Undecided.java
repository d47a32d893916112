package dev.convergence.engine.pipeline;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.slot.LedgerGap;
import dev.convergence.engine.slot.SlotOutcome;
import dev.convergence.engine.time.Cadence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The instants of a config that have no outcome yet, from the first on.
///
/// @param haltedFrom a time in which it was off, or its tenant suspended; null for none
/// @param haltedUntil null: it still is
public record Undecided(
        TenantId tenant,
        ConfigId config,
        Cadence cadence,
        Duration spread,
        Instant first,
        @Nullable Instant haltedFrom,
        @Nullable Instant haltedUntil,
        @Nullable SlotOutcome haltedAs) {

    private static final Instant NEVER = Instant.MAX;

    /// What is to be written down of them when none up to an instant fires.
    ///
    /// @param why what is said of those for which no pause and no suspension is the reason
    public List<LedgerGap> gaps(Instant until, String why) {
        List<LedgerGap> gaps = new ArrayList<>();
        Instant from = haltedFrom == null || haltedAs == null ? NEVER : haltedFrom;
        Instant end = haltedUntil == null ? NEVER : haltedUntil;
        Instant next = add(gaps, first, earlier(until, from), SlotOutcome.SKIPPED_MISSED, why);
        if (from.isBefore(until) && haltedAs != null) {
            next = add(gaps, next, earlier(until, end), haltedAs, reason());
        }
        if (end.isBefore(until)) {
            add(gaps, next, until, SlotOutcome.SKIPPED_MISSED, why);
        }
        return gaps;
    }

    /// @return the first instant that is not in it
    private Instant add(
            List<LedgerGap> gaps, Instant next, Instant until, SlotOutcome outcome, String why) {
        if (next.isAfter(until)) {
            return next;
        }
        gaps.add(new LedgerGap(tenant, config, cadence, spread, next, until, outcome, why));
        return cadence.next(until).orElse(NEVER);
    }

    private String reason() {
        String who =
                haltedAs == SlotOutcome.SKIPPED_DISABLED
                        ? "The config was off"
                        : "The tenant was suspended";
        return who
                + " from "
                + haltedFrom
                + (haltedUntil == null ? "." : " to " + haltedUntil + ".");
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
