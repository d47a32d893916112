package dev.convergence.engine.queue;

import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.Origin;
import dev.convergence.engine.sql.NumberedParameters;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;

/// A single job's way into the table `job`, alone or with its ticket.
final class JobInsert {

    private JobInsert() {}

    private static final String VALUES =
            """
            (?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?,
             (%s), ?, ?, ?, ?, ?, ?, (%s))
            """;

    private static final String PLACED =
            VALUES.formatted("SELECT position FROM place", "SELECT shown_position FROM place");

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
    // caller has no transaction.
    private static String readyWith(String shown) {
        return """
        WITH place AS MATERIALIZED (
            SELECT nextval('convergence.ticket_position') AS position, %s AS shown_position),
        job AS (INSERT INTO convergence.job (%s) VALUES %s)
        INSERT INTO convergence.ready (tenant_id, priority, position, job_id, pool, is_manual)
        SELECT ?, ?, position, ?, ?, ? FROM place
        """
                .formatted(shown, JobStore.COLUMNS, PLACED);
    }

    private static final String READY = readyWith(NONE_SHOWN);
    private static final String READY_SHOWN = readyWith(NEXT_SHOWN);

    /// A job together with its ticket.
    static int ready(Handle handle, Job job) {
        String sql = job.ties().isShown() ? READY_SHOWN : READY;
        return NumberedParameters.run(handle, sql, parameters -> placed(parameters, job));
    }

    // The lane of a tenant that had nothing to do enters the ring in the transaction of its ticket;
    // nothing is waited for once it is locked, and a lane that somebody holds is left to him who
    // looks after the commit. Not for callers' transactions, which may go on to wait for others.
    private static String readyAndWakeWith(String shown) {
        return """
        WITH place AS MATERIALIZED (
            SELECT nextval('convergence.ticket_position') AS position, %s AS shown_position),
        job AS (INSERT INTO convergence.job (%s) VALUES %s),
        ticket AS (
            INSERT INTO convergence.ready (tenant_id, priority, position, job_id, pool, is_manual)
            SELECT ?, ?, position, ?, ?, ? FROM place),
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
                .formatted(shown, JobStore.COLUMNS, PLACED);
    }

    private static final String READY_AND_WAKE = readyAndWakeWith(NONE_SHOWN);
    private static final String READY_SHOWN_AND_WAKE = readyAndWakeWith(NEXT_SHOWN);

    /// A job together with its ticket, in a transaction of its own.
    ///
    /// @return whether its lane was idle, and all listeners of the bell's channel hear of it
    static boolean readyAndWake(Handle handle, Job job, long floor) {
        String sql = job.ties().isShown() ? READY_SHOWN_AND_WAKE : READY_AND_WAKE;
        return NumberedParameters.run(
                        handle,
                        sql,
                        parameters -> {
                            placed(parameters, job);
                            parameters
                                    .text(job.tenant().value())
                                    .bigint(floor)
                                    .bigint(floor)
                                    .text(Bell.CHANNEL);
                        })
                > 0;
    }

    private static void placed(NumberedParameters parameters, Job job) throws SQLException {
        if (job.ties().isShown()) {
            parameters.text(job.tenant().value()).integer(job.priority());
            parameters.text(job.tenant().value()).integer(job.priority());
        }
        columns(parameters, job);
        parameters
                .text(job.tenant().value())
                .integer(job.priority())
                .uuid(job.id().value())
                .text(job.pool())
                .bool(job.origin().isManual());
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
