package dev.convergence.engine.job;

import dev.convergence.engine.id.GroupId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which of a tenant's jobs somebody asks for that are not waiting any more; null means any.
///
/// @param ends how they ended
/// @param isLeased whether those that run belong to it
/// @param isDirect whether direct executions do
/// @param before only jobs made before this one, for paging
public record EndsWanted(
        TenantId tenant,
        Ends ends,
        boolean isLeased,
        boolean isDirect,
        @Nullable String type,
        @Nullable GroupId group,
        @Nullable JobId job,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable JobId before,
        int limit) {

    /// How a run ended, as conditions on the row `r` of `run`; each in the order of an index.
    public enum Ends {
        STARTED("r.started_at IS NOT NULL"),
        STARTED_OR_SKIPPED("(r.started_at IS NOT NULL OR r.state = 'SKIPPED')"),
        COMPLETED("r.state = 'COMPLETED'"),
        FAILED(other("FAILED"), other("CANCELLED") + " AND r.started_at IS NOT NULL"),
        SKIPPED(other("SKIPPED")),
        CANCELLED(other("CANCELLED") + " AND r.started_at IS NULL"),
        NEVER_STARTED(
                other("CANCELLED") + " AND r.started_at IS NULL",
                other("SKIPPED") + " AND r.started_at IS NULL");

        private final List<String> conditions;

        Ends(String... conditions) {
            this.conditions = List.of(conditions);
        }

        private static String other(String state) {
            return "r.state <> 'COMPLETED' AND r.state = '" + state + "'";
        }

        /// Of jobs that do not wait, and of which one word is asked.
        static Ends of(JobFilter filter) {
            if (filter.state() != null) {
                return valueOf(filter.state());
            }
            return "RUNNING".equals(filter.status()) ? STARTED : NEVER_STARTED;
        }

        List<String> conditions() {
            return conditions;
        }

        /// Whether they are found without their jobs: there is an index of what did not complete.
        boolean hasIndex() {
            return conditions.getFirst().startsWith("r.state <> 'COMPLETED'");
        }
    }

    /// The same, direct executions too.
    EndsWanted direct() {
        return new EndsWanted(
                tenant, ends, isLeased, true, type, group, job, since, until, before, limit);
    }

    /// Only pipelines are put in by programs; all others are in the index of people's jobs.
    boolean isOfPeople() {
        return type != null && !type.equals(Job.PIPELINE);
    }

    /// Whether they are in the index of pipelines, and in none by their type.
    boolean isOfPipelines() {
        return Job.PIPELINE.equals(type);
    }
}
