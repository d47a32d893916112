package dev.convergence.engine.pipeline;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.slot.LedgerGap;
import dev.convergence.engine.slot.SlotOutcome;
import dev.convergence.engine.time.Cadence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a change of a config does to its place in its schedule, and to instants that had no outcome
/// yet. Pure.
///
/// A new cadence counts from now. A config that is switched on does not fire at once, unless that
/// is asked for. Whatever is left behind gets its outcome here.
record Rescheduling(Timing timing, List<LedgerGap> gaps) {

    /// What the database counts time in.
    private static final Duration TICK = Duration.ofNanos(1_000);

    private static final String CHANGED =
            "The schedule was changed before the instant was decided.";
    private static final String DELETED = "The config was deleted before the instant was decided.";

    /// The first place of a new config.
    static Timing first(
            Cadence cadence,
            Duration spread,
            @Nullable Instant asked,
            boolean isActive,
            Instant now) {
        Timing timing = at(asked, cadence, spread, now);
        return isActive ? timing : timing.halted(now, null, SlotOutcome.SKIPPED_DISABLED);
    }

    /// A time of the past that is asked for is due at once, and alone: the cron's instants between
    /// it and now are not.
    private static Timing at(
            @Nullable Instant asked, Cadence cadence, Duration spread, Instant now) {
        if (asked != null) {
            Instant anchor = asked.isBefore(now) ? now : asked;
            return new Timing(asked, asked, anchor, 0, false, null, null, null);
        }
        Instant next = ConfigRules.nextFire(cadence, now);
        return new Timing(next.plus(spread), next, now, 0, false, null, null, null);
    }

    static Rescheduling of(
            PipelineConfig before, PipelineConfig wanted, ConfigDraft draft, Instant now) {
        Cadence cadence = wanted.cadence();
        boolean isAnchored =
                !cadence.equals(before.cadence()) || !wanted.spread().equals(before.spread());
        boolean isSwitchedOn = wanted.isActive() && !before.isActive();
        boolean runsMissed = Boolean.TRUE.equals(draft.runMissed());
        if (runsMissed && (!isSwitchedOn || isAnchored || draft.nextRunTime() != null)) {
            throw EngineException.invalidField(
                    "run_missed",
                    "NO_EFFECT",
                    "has an effect when a config is switched on, and its schedule stays as it was.");
        }
        Timing halted = halted(before, wanted, now);
        Instant asked = draft.nextRunTime();
        if (asked == null && (runsMissed || (!isAnchored && !isSwitchedOn))) {
            return new Rescheduling(halted, List.of());
        }
        Timing next = at(asked, cadence, wanted.spread(), now);
        Instant end = asked != null && asked.isBefore(now) ? asked.minus(TICK) : now;
        Instant anchor = asked != null || isAnchored ? next.anchoredAt() : halted.anchoredAt();
        return new Rescheduling(
                halted.cursor(next.nextRunTime(), next.nominalAt(), anchor),
                undecided(before, halted).gaps(end, CHANGED));
    }

    /// Since when it is off, or until when it was.
    private static Timing halted(PipelineConfig before, PipelineConfig wanted, Instant now) {
        Timing timing = before.timing();
        if (wanted.isActive() == before.isActive() || timing.isSuspended()) {
            return timing;
        }
        return wanted.isActive()
                ? timing.halted(
                        timing.haltedFrom() == null ? timing.nominalAt() : timing.haltedFrom(),
                        now,
                        SlotOutcome.SKIPPED_DISABLED)
                : timing.halted(now, null, SlotOutcome.SKIPPED_DISABLED);
    }

    /// What is to be written down of a config that goes.
    static List<LedgerGap> left(PipelineConfig config, Instant now) {
        return undecided(config, config.timing()).gaps(now, DELETED);
    }

    private static Undecided undecided(PipelineConfig before, Timing halted) {
        return new Undecided(
                before.tenant(),
                before.id(),
                before.cadence(),
                before.spread(),
                before.timing().nominalAt(),
                halted.haltedFrom(),
                halted.haltedUntil(),
                halted.haltedAs());
    }
}
