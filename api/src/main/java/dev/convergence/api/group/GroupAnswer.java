package dev.convergence.api.group;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.convergence.api.job.JobAnswer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A group of jobs.
///
/// @param status QUEUED, RUNNING, COMPLETED, PARTIAL or CANCELLED; the last three are final
/// @param startedAt when its first member started
/// @param counts how many members are in which state, each judged by its last attempt
/// @param jobs all attempts of all members, by number and attempt; left out in lists
public record GroupAnswer(
        String groupId,
        String tenantId,
        String customerId,
        @Nullable String name,
        String mode,
        String onFailure,
        int priority,
        String status,
        Counts counts,
        @Nullable String createdBy,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Instant cancelRequestedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<JobAnswer> jobs) {

    public record Counts(
            int total,
            int queued,
            int running,
            int completed,
            int failed,
            int skipped,
            int cancelled) {}
}
