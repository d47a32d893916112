package dev.convergence.engine.queue;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.notification.Notices;
import dev.convergence.engine.queue.Settlement.Judged;
import dev.convergence.engine.sql.Answers;
import dev.convergence.engine.sql.Json;
import dev.convergence.engine.webhook.Happenings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The table `run`: how executions ended; append only.
final class RunStore {

    static final int ERROR_LENGTH_MAX = 1000;

    private RunStore() {}

    /// An outcome as it is stored.
    private record Row(
            String state,
            @Nullable String error,
            @Nullable String errorCode,
            @Nullable Integer exitCode,
            @Nullable String artifacts,
            @Nullable String result) {

        static Row of(Outcome outcome) {
            return switch (outcome) {
                case Outcome.Completed done ->
                        new Row(
                                "COMPLETED",
                                null,
                                null,
                                done.exitCode(),
                                json(done.artifacts()),
                                json(done.result()));
                case Outcome.Failed failed ->
                        new Row(
                                "FAILED",
                                shortened(failed.error()),
                                failed.code(),
                                failed.exitCode(),
                                json(failed.artifacts()),
                                json(failed.result()));
                case Outcome.Skipped skipped -> unexecuted("SKIPPED", skipped.reason());
                case Outcome.Cancelled cancelled -> unexecuted("CANCELLED", cancelled.reason());
            };
        }

        private static Row unexecuted(String state, String reason) {
            return new Row(state, shortened(reason), null, null, null, null);
        }
    }

    private static @Nullable String json(Map<String, Object> values) {
        return values.isEmpty() ? null : Json.write(values);
    }

    /// Texts come from anywhere; PostgreSQL stores no NUL.
    private static String shortened(String text) {
        String error = text.replace('\u0000', ' ');
        return error.length() <= ERROR_LENGTH_MAX
                ? error
                : error.substring(0, ERROR_LENGTH_MAX - 1) + "…";
    }

    // The token decides: a lease that has it no longer ends nothing, and leaves no run.
    // A vacuum that finds no lease makes the planner expect one. `= ANY` keeps it from reading all
    // of them for that, and `once`, of which it expects a thousand rows, from comparing each of the
    // batch with each.
    private static final String END =
            """
            WITH finished AS MATERIALIZED (
                SELECT f.* FROM unnest(:jobs::uuid[], :tokens::bigint[], :states::text[], :errors::text[],
                                       :codes::text[], :exits::int[], :artifacts::text[], :results::text[])
                    AS f (job_id, token, state, error, error_code, exit_code, artifacts, result)
                CROSS JOIN generate_series(1, :one::int) AS once),
            ended AS (
                DELETE FROM lease USING finished
                WHERE lease.job_id = ANY(ARRAY(SELECT job_id FROM finished))
                  AND lease.job_id = finished.job_id AND lease.token = finished.token
                RETURNING lease.job_id, lease.tenant_id, lease.token, node_id, claimed_at, cancel_reason,
                          state, error, error_code, exit_code, artifacts, result),
            recorded AS (
                INSERT INTO run (job_id, tenant_id, state, token, node_id, started_at, finished_at,
                                 error, error_code, exit_code, artifacts, result)
                SELECT job_id, tenant_id, state, token, node_id, claimed_at, GREATEST(:now, claimed_at),
                       error, error_code, exit_code, artifacts::jsonb, result::jsonb
                FROM ended),
            noted AS (
                %s),
            noticed AS (
                %s)
            SELECT job_id, cancel_reason IS NOT NULL FROM ended
            """
                    .formatted(
                            Happenings.NOTE_RUNS.formatted("ended"),
                            Notices.NOTE_RUNS.formatted(
                                    "ended",
                                    "ending.state",
                                    "jsonb_exists(ending.result::jsonb, 'notices')"));

    private static final String FIX_PLANS_AND_END = ClaimStore.SETTINGS + ";\n" + END;

    /// Keeps the planner to the indexes until the transaction ends, ends the leases whose token is
    /// still the current one and records how; the others belong to somebody else by now.
    ///
    /// @return the jobs that were ended, and whether somebody had asked to stop them
    static Map<JobId, Boolean> end(Handle handle, List<Judged> batch, Instant now) {
        List<Row> rows = batch.stream().map(judged -> Row.of(judged.verdict().outcome())).toList();
        return handle.createQuery(FIX_PLANS_AND_END)
                .bind(
                        "jobs",
                        batch.stream()
                                .map(judged -> judged.claim().job().id().value())
                                .toArray(UUID[]::new))
                .bind(
                        "tokens",
                        batch.stream().map(judged -> judged.claim().token()).toArray(Long[]::new))
                .bind("states", texts(rows, Row::state))
                .bind("errors", texts(rows, Row::error))
                .bind("codes", texts(rows, Row::errorCode))
                .bind("exits", numbers(rows, Row::exitCode))
                .bind("artifacts", texts(rows, Row::artifacts))
                .bind("results", texts(rows, Row::result))
                .bind("one", 1)
                .bind("now", now)
                .execute((statement, _) -> Answers.after(1, statement.get(), RunStore::ended));
    }

    private static Map<JobId, Boolean> ended(ResultSet row) throws SQLException {
        Map<JobId, Boolean> ended = new HashMap<>();
        while (row.next()) {
            ended.put(JobId.of(row.getObject(1, UUID.class)), row.getBoolean(2));
        }
        return ended;
    }

    private static String[] texts(List<Row> rows, Function<Row, @Nullable String> column) {
        return isEmpty(rows, column)
                ? new String[0]
                : rows.stream().map(column).toArray(String[]::new);
    }

    private static Integer[] numbers(List<Row> rows, Function<Row, @Nullable Integer> column) {
        return isEmpty(rows, column)
                ? new Integer[0]
                : rows.stream().map(column).toArray(Integer[]::new);
    }

    /// `unnest` fills what is shorter with NULL, and most columns of most ends are.
    private static boolean isEmpty(List<Row> rows, Function<Row, ?> column) {
        return rows.stream().map(column).allMatch(Objects::isNull);
    }

    private static final String INSERT_UNSTARTED =
            """
            WITH ended AS (
                INSERT INTO run (job_id, tenant_id, state, finished_at, error, error_code)
                SELECT job_id, tenant_id, :state, :now, :error, :errorCode
                FROM unnest(:jobs::uuid[], :tenants::text[]) AS unstarted (job_id, tenant_id)
                RETURNING job_id, tenant_id, state),
            noticed AS (
                %s)
            %s
            """
                    .formatted(
                            Notices.NOTE_RUNS.formatted("ended", "ending.state", "false"),
                            Happenings.NOTE_RUNS.formatted("ended"));

    /// The end of jobs' wait that never was an execution.
    ///
    /// @param code what a program may go by; null when the state says all
    static void unstarted(
            Handle handle,
            Collection<Job> jobs,
            Outcome outcome,
            @Nullable String code,
            Instant now) {
        Row row = Row.of(outcome);
        handle.createUpdate(INSERT_UNSTARTED)
                .bind("jobs", jobs.stream().map(job -> job.id().value()).toArray(UUID[]::new))
                .bind(
                        "tenants",
                        jobs.stream().map(job -> job.tenant().value()).toArray(String[]::new))
                .bind("state", row.state())
                .bind("now", now)
                .bind("error", row.error())
                .bind("errorCode", code)
                .execute();
    }
}
