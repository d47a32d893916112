package dev.convergence.service.http.pipeline;

import dev.convergence.api.pipeline.QualityAnswer;
import dev.convergence.api.pipeline.RunAnswer;
import dev.convergence.api.pipeline.RunDetailAnswer;
import dev.convergence.api.pipeline.StepAnswer;
import dev.convergence.engine.run.RunView;
import dev.convergence.engine.run.StepRecord;
import dev.convergence.engine.step.QualityCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Runs as words on the wire.
public final class RunWords {

    private RunWords() {}

    /// A run as its own route answers it, and webhooks tell of it.
    public static RunDetailAnswer detail(RunView run, List<StepRecord> steps) {
        return new RunDetailAnswer(run(run), steps.stream().map(RunWords::step).toList());
    }

    public static RunAnswer run(RunView run) {
        return new RunAnswer(
                run.job().toString(),
                run.job().toString(),
                run.run().toString(),
                run.tenant().value(),
                run.tenant().value(),
                run.pipelineId(),
                run.config() == null ? null : run.config().toString(),
                run.provider(),
                run.domain(),
                run.templateName(),
                run.templateName(),
                run.state(),
                run.state(),
                run.triggerType(),
                run.triggerType(),
                run.triggerBy(),
                run.userId(),
                run.slotAt(),
                run.effectiveAt(),
                run.priority(),
                run.attempt(),
                run.attempt(),
                run.attempt() + 1,
                run.retriesMax(),
                run.retryOf() == null ? null : run.retryOf().toString(),
                run.nextAttemptAt(),
                run.createdAt(),
                run.startedAt(),
                run.startedAt(),
                run.finishedAt(),
                run.state().equals("COMPLETED") ? run.finishedAt() : null,
                run.duration().map(Duration::toMillis).orElse(null),
                run.parameters().get("date") instanceof String date ? date : null,
                run.parameters(),
                run.error(),
                run.errorCode(),
                run.exitCode(),
                List.copyOf(run.artifacts().keySet()),
                number(run.result().get("rows_read")),
                number(run.result().get("rows_written")),
                run.node(),
                updatedAt(run));
    }

    private static Instant updatedAt(RunView run) {
        Instant started = Objects.requireNonNullElse(run.startedAt(), run.createdAt());
        return Objects.requireNonNullElse(run.finishedAt(), started);
    }

    private static @Nullable Long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : null;
    }

    public static StepAnswer step(StepRecord step) {
        Instant end = step.finishedAt();
        return new StepAnswer(
                step.stepId(),
                step.stepId(),
                step.stepType(),
                step.index(),
                step.state(),
                step.state(),
                step.startedAt(),
                end,
                end == null ? null : Duration.between(step.startedAt(), end).toMillis(),
                Math.max(step.rowsRead(), step.rowsWritten()),
                step.rowsRead(),
                step.rowsWritten(),
                step.bytesRead(),
                step.error(),
                step.metadata());
    }

    static QualityAnswer.Check check(QualityCheck check) {
        return new QualityAnswer.Check(
                check.suite(),
                check.rule(),
                check.kind(),
                check.table(),
                check.column(),
                check.severity().name(),
                check.passed(),
                check.rowsChecked(),
                check.rowsFailed(),
                check.actual(),
                check.expected(),
                check.failingKeys());
    }
}
