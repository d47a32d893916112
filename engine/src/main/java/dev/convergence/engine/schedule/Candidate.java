package dev.convergence.engine.schedule;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.pipeline.Overlap;
import dev.convergence.engine.schedule.Triggered.Decision;
import dev.convergence.engine.slot.Slot;
import dev.convergence.engine.slot.SlotOutcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An instant of a due config that has no outcome yet, and the job that will stand for it, run or
/// skipped.
///
/// @param isOneOfMany whether other instants of the config are decided with it
record Candidate(DueConfig config, Job job, Instant dueAt, boolean isOneOfMany) {

    /// Whether runs of the config keep out of each other's way.
    boolean isExclusive() {
        return config.policy().overlap() != Overlap.ALLOW;
    }

    /// Whether it may have to wait for an earlier run, so that run is to be kept from ending
    /// unseen.
    boolean mayWait() {
        return isExclusive() && (isOneOfMany || config.policy().overlap() != Overlap.SKIP);
    }

    /// What became of it.
    ///
    /// @param waits for the end of an earlier run of the config
    /// @param replaced runs that it takes the place of
    record Decided(
            Candidate candidate,
            SlotOutcome outcome,
            @Nullable String reason,
            boolean waits,
            List<JobId> replaced) {

        static Decided skipped(Candidate candidate, SlotOutcome outcome, String reason) {
            return new Decided(candidate, outcome, reason, false, List.of());
        }

        static Decided fired(Candidate candidate) {
            return new Decided(candidate, SlotOutcome.FIRED, null, false, List.of());
        }

        static Decided waiting(Candidate candidate, List<JobId> replaced) {
            return new Decided(candidate, SlotOutcome.FIRED, null, true, replaced);
        }

        boolean isFired() {
            return outcome == SlotOutcome.FIRED;
        }

        Job job() {
            return candidate.job;
        }

        Decision decision() {
            DueConfig config = candidate.config;
            return new Decision(
                    config.id(), config.tenant(), job().id(), candidate.dueAt, outcome, reason);
        }

        Slot slot(Instant now) {
            DueConfig config = candidate.config;
            return new Slot(
                    config.tenant(),
                    config.id(),
                    candidate.dueAt,
                    effectiveAt(),
                    null,
                    outcome,
                    job().id(),
                    reason,
                    now);
        }

        Instant effectiveAt() {
            Cursor cursor = candidate.config.cursor();
            return candidate.dueAt.equals(cursor.nominalAt())
                    ? cursor.nextFire()
                    : candidate.dueAt.plus(candidate.config.spread());
        }
    }
}
