package dev.convergence.service.http.job;

import dev.convergence.api.job.JobAnswer;
import dev.convergence.api.job.JobRunAnswer;
import dev.convergence.engine.job.JobKind;
import dev.convergence.engine.job.JobView;
import dev.convergence.engine.job.Ties;
import dev.convergence.engine.run.JobRun;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Jobs and their runs as words on the wire.
final class JobWords {

    private JobWords() {}

    static JobAnswer job(JobView job) {
        Ties ties = job.ties();
        return new JobAnswer(
                job.id().toString(),
                job.tenant().value(),
                job.tenant().value(),
                job.type(),
                job.params(),
                job.status(),
                job.state(),
                job.priority(),
                job.position(),
                job.rank(),
                Objects.requireNonNullElse(ties.kind(), JobKind.QUEUE).name(),
                text(ties.template()),
                text(ties.schedule()),
                text(ties.group()),
                ties.sequenceNumber(),
                text(job.retryOf()),
                job.root().toString(),
                ties.retryKind() == null ? null : ties.retryKind().name(),
                job.attempt(),
                job.attempt() + 1,
                job.retriesMax(),
                job.notBefore(),
                job.pool(),
                job.hasRun() ? job.id().run().toString() : null,
                job.error(),
                job.userId(),
                job.createdAt(),
                job.createdAt(),
                job.startedAt(),
                job.finishedAt(),
                job.cancelRequestedAt());
    }

    static JobRunAnswer run(JobRun run) {
        return new JobRunAnswer(
                run.id().toString(),
                run.job().toString(),
                run.tenant().value(),
                run.tenant().value(),
                run.jobType(),
                run.status(),
                run.params(),
                text(run.template()),
                text(run.group()),
                run.sequenceNumber(),
                text(run.retryOf()),
                run.attempt(),
                run.attempt() + 1,
                run.startedAt(),
                run.finishedAt(),
                run.duration().map(Duration::toMillis).orElse(null),
                run.exitCode(),
                run.error(),
                run.errorCode(),
                run.artifacts(),
                "/api/v1/job-runs/" + run.id() + "/log",
                run.result(),
                run.worker());
    }

    private static @Nullable String text(@Nullable Object id) {
        return id == null ? null : id.toString();
    }
}
