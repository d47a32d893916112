package dev.convergence.engine.run;

import dev.convergence.engine.id.GroupId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.RunId;
import dev.convergence.engine.id.TemplateId;
import dev.convergence.engine.id.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The record of a job's one execution, in the words of the job layer.
///
/// @param status COMPLETED, FAILED or SKIPPED, written once; null while it runs
/// @param params as they were when it was claimed; they cannot change from then on
/// @param artifacts the names of what it made
/// @param worker the node that runs it
public record JobRun(
        JobId job,
        TenantId tenant,
        String jobType,
        @Nullable String status,
        Map<String, Object> params,
        @Nullable TemplateId template,
        @Nullable GroupId group,
        @Nullable Integer sequenceNumber,
        @Nullable JobId retryOf,
        int attempt,
        Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Integer exitCode,
        @Nullable String error,
        @Nullable String errorCode,
        List<String> artifacts,
        Map<String, Object> result,
        @Nullable String worker) {

    public RunId id() {
        return job.run();
    }

    public Optional<Duration> duration() {
        return finishedAt == null
                ? Optional.empty()
                : Optional.of(Duration.between(startedAt, finishedAt));
    }
}
