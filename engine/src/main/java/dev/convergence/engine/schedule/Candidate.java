package dev.convergence.engine.schedule;

import dev.convergence.engine.job.Job;
import dev.convergence.engine.schedule.Triggered.Decision;
import org.jspecify.annotations.Nullable;

/// A due config whose instant has no outcome yet, and the job that will stand for it, run or
/// skipped.
record Candidate(DueConfig config, Job job) {

    /// What became of it.
    record Decided(Candidate candidate, SlotOutcome outcome, @Nullable String reason) {

        boolean isFired() {
            return outcome == SlotOutcome.FIRED;
        }

        Job job() {
            return candidate.job;
        }

        Decision decision() {
            DueConfig config = candidate.config;
            return new Decision(
                    config.id(), config.tenant(), job().id(), config.dueAt(), outcome, reason);
        }
    }
}
