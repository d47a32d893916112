package dev.convergence.engine.queue;

import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.Origin;
import dev.convergence.engine.sql.NumberedParameters;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/// The way of one job, or of a few, into the table `job`, alone or with their tickets.
final class JobInsert {

    /// So many go in by one statement; each number of them is a plan that each connection keeps.
    static final int TOGETHER_MAX = 8;

    private JobInsert() {}

    private static final String VALUES =
            """
            (?::uuid, ?::text, ?::text, ?::jsonb, ?::smallint, ?::smallint, ?::uuid, ?::uuid, ?::smallint,
             ?::jsonb, ?::text, ?::text, ?::uuid, ?::timestamptz, ?::text, ?::text, ?::text, ?::text,
             ?::smallint, %s, ?::text, ?::uuid, ?::integer, ?::uuid, ?::uuid, ?::text, %s)
            """;

    private static final String INSERT =
            "INSERT INTO convergence.job ("
                    + JobStore.COLUMNS
                    + ") VALUES "
                    + VALUES.formatted("NULL", "NULL");

    /// A job that has no ticket among the ready ones, or not yet.
    static void alone(Handle handle, Job job) {
        NumberedParameters.run(handle, INSERT, parameters -> columns(parameters, job));
    }

    // A statement for jobs that show a position and one for those that show none: of one for both
    // the planner believes that a plan for each call is worth its price, which is higher than that
    // of the insert.
    private static final String NONE_SHOWN = "NULL::bigint";

    private static final String NEXT_SHOWN =
            ShownPositionStore.last("?", "?") + " + " + ShownPositionStore.GAP;

    // One statement for both tables: one round trip, and no second trip for the commit where the
    // caller has no transaction. What the executor does before the first row costs more than a row.
    private static String jobs(int count, String shown) {
        String row =
                VALUES.formatted("nextval('convergence.ticket_position')", shown + ", ?::boolean");
        return """
        WITH asked (%1$s, is_manual) AS MATERIALIZED (VALUES %2$s),
        job AS (INSERT INTO convergence.job (%1$s) SELECT %1$s FROM asked)
        """
                .formatted(JobStore.COLUMNS, String.join(",", Collections.nCopies(count, row)));
    }

    private static final String TICKETS =
            """
            INSERT INTO convergence.ready (tenant_id, priority, position, job_id, pool, is_manual)
            SELECT tenant_id, priority, position, job_id, pool, is_manual FROM asked
            """;

    private static final List<String> READY =
            IntStream.rangeClosed(1, TOGETHER_MAX)
                    .mapToObj(count -> jobs(count, NONE_SHOWN) + TICKETS)
                    .toList();
    private static final String READY_SHOWN = jobs(1, NEXT_SHOWN) + TICKETS;

    /// Whether one statement puts all of these in with their tickets.
    static boolean areFew(Collection<Job> jobs) {
        return jobs.size() == 1
                || jobs.size() <= TOGETHER_MAX
                        && jobs.stream().noneMatch(job -> job.ties().isShown());
    }

    /// Few jobs together with their tickets, in the order given.
    ///
    /// @return how many
    static int ready(Handle handle, Collection<Job> few) {
        boolean isShown = few.iterator().next().ties().isShown();
        String sql = isShown ? READY_SHOWN : READY.get(few.size() - 1);
        return NumberedParameters.run(
                handle,
                sql,
                parameters -> {
                    for (Job job : few) {
                        asked(parameters, job);
                    }
                });
    }

    // The lane of a tenant that had nothing to do enters the ring in the transaction of its ticket;
    // nothing is waited for once it is locked, and a lane that somebody holds is left to him who
    // looks after the commit. Not for callers' transactions, which may go on to wait for others.
    private static final String WAKE =
            """
            , ticket AS (%s),
            idle AS MATERIALIZED (
                SELECT tenant_id FROM lane WHERE tenant_id = ? AND NOT has_ready
                FOR UPDATE SKIP LOCKED),
            activated AS (
                UPDATE lane
                SET has_ready = true,
                    virtual_time = GREATEST(virtual_time, ?, (
                        SELECT virtual_time FROM lane WHERE is_claimable AND virtual_time >= ?
                        ORDER BY virtual_time LIMIT 1))
                FROM idle WHERE lane.tenant_id = idle.tenant_id RETURNING 1)
            SELECT pg_notify(?, '') FROM activated
            """
                    .formatted(TICKETS);

    private static final String READY_AND_WAKE = jobs(1, NONE_SHOWN) + WAKE;
    private static final String READY_SHOWN_AND_WAKE = jobs(1, NEXT_SHOWN) + WAKE;

    /// A job together with its ticket, in a transaction of its own.
    ///
    /// @return whether its lane was idle, and all listeners of the bell's channel hear of it
    static boolean readyAndWake(Handle handle, Job job, long floor) {
        String sql = job.ties().isShown() ? READY_SHOWN_AND_WAKE : READY_AND_WAKE;
        return NumberedParameters.run(
                        handle,
                        sql,
                        parameters -> {
                            asked(parameters, job);
                            parameters
                                    .text(job.tenant().value())
                                    .bigint(floor)
                                    .bigint(floor)
                                    .text(Bell.CHANNEL);
                        })
                > 0;
    }

    private static void asked(NumberedParameters parameters, Job job) throws SQLException {
        columns(parameters, job);
        if (job.ties().isShown()) {
            parameters.text(job.tenant().value()).integer(job.priority());
            parameters.text(job.tenant().value()).integer(job.priority());
        }
        parameters.bool(job.origin().isManual());
    }

    private static void columns(NumberedParameters parameters, Job job) throws SQLException {
        Origin origin = job.origin();
        parameters
                .uuid(job.id().value())
                .text(job.tenant().value())
                .text(job.type())
                .text(JobStore.params(job))
                .integer(job.priority())
                .integer(job.attempt())
                .uuid(JobStore.uuid(job.retryOf()))
                .uuid(JobStore.root(job))
                .integer(job.retry().retriesMax())
                .text(PolicyTexts.text(job.retry()))
                .text(job.pool())
                .text(origin.pipelineId())
                .uuid(JobStore.config(origin))
                .time(origin.slotAt())
                .text(origin.trigger().word())
                .text(origin.triggerBy())
                .text(origin.userId())
                .text(origin.flightKey())
                .integer(job.nodeLosses())
                .text(TiesRow.kind(job.ties()))
                .uuid(TiesRow.group(job.ties()))
                .integer(job.ties().sequenceNumber())
                .uuid(TiesRow.template(job.ties()))
                .uuid(TiesRow.schedule(job.ties()))
                .text(TiesRow.retryKind(job.ties()));
    }
}
