package dev.convergence.engine.flow;

import dev.convergence.engine.queue.Claim;
import dev.convergence.engine.run.RunLog;
import dev.convergence.engine.run.StepRecord;
import dev.convergence.engine.run.StepRecords;
import dev.convergence.engine.step.QualityCheck;
import dev.convergence.engine.step.StepOutcome;
import dev.convergence.engine.step.StepRows;
import dev.convergence.engine.template.StepSpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// Writes down what the steps of one run do, while they do it.
final class StepJournal {

    private final Claim claim;
    private final List<StepSpec> order;
    private final StepRecords records;
    private final RunLog log;
    private final InstantSource clock;

    StepJournal(
            Claim claim,
            List<StepSpec> order,
            StepRecords records,
            RunLog log,
            InstantSource clock) {
        this.claim = claim;
        this.order = List.copyOf(order);
        this.records = records;
        this.log = log;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /// Whether the attempt's claim is still good.
    boolean isOurs() {
        return records.isLive(claim.job().id(), claim.token());
    }

    void line(String text) {
        log.append(claim.job().tenant(), claim.job().id(), claim.token(), text, now());
    }

    void started(StepSpec spec, Instant at) {
        write(
                new StepRecord(
                        spec.id(),
                        spec.type(),
                        order.indexOf(spec),
                        "RUNNING",
                        at,
                        null,
                        0,
                        0,
                        0,
                        null,
                        Map.of()),
                List.of());
    }

    void ended(StepEnd end) {
        StepRows rows = StepRows.NONE;
        String error = null;
        List<QualityCheck> checks = List.of();
        switch (end.outcome()) {
            case StepOutcome.Done done -> {
                rows = done.rows();
                checks = done.checks();
            }
            case StepOutcome.Failed failed -> {
                error = failed.message();
                checks = failed.checks();
            }
            case StepOutcome.Skipped skipped -> error = skipped.reason();
        }
        StepSpec spec = end.spec();
        write(
                new StepRecord(
                        spec.id(),
                        spec.type(),
                        order.indexOf(spec),
                        end.word(),
                        end.startedAt(),
                        end.finishedAt(),
                        rows.read(),
                        rows.written(),
                        rows.bytesRead(),
                        error,
                        end.facts()),
                checks);
        line("step " + spec.id() + " " + end.word() + (error == null ? "" : ": " + error));
    }

    private void write(StepRecord record, List<QualityCheck> checks) {
        records.write(claim.job().tenant(), claim.job().id(), claim.token(), record, checks, now());
    }
}
