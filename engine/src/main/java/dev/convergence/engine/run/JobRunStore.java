package dev.convergence.engine.run;

import dev.convergence.engine.id.GroupId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TemplateId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.sql.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Reads runs of jobs from the view `job_state`.
final class JobRunStore {

    private JobRunStore() {}

    // A run skipped by its group never started: it began and ended in one moment.
    private static final String SELECT =
            """
            SELECT job_id, tenant_id, job_type, CASE WHEN finished_at IS NOT NULL THEN state END AS status, params,
                   template_id, group_id, sequence_number, retry_of, attempt,
                   COALESCE(started_at, finished_at) AS started_at, finished_at, exit_code, error, error_code,
                   artifacts, result, node_id,
                   ARRAY(SELECT name FROM artifact WHERE artifact.job_id = job_state.job_id) AS stored
            FROM job_state WHERE tenant_id = :tenant AND has_run
            """;

    private static final String FIND = SELECT + " AND job_id = :job";

    static Optional<JobRun> find(Handle handle, TenantId tenant, JobId job) {
        return handle.createQuery(FIND)
                .bind("job", job.value())
                .bind("tenant", tenant.value())
                .map((row, _) -> run(row))
                .findOne();
    }

    private static final String ENDED =
            """
             AND state = :status AND job_id IN (
                SELECT job_id FROM run
                WHERE tenant_id = :tenant AND state <> 'COMPLETED' AND state IN (:status, 'CANCELLED') %s)
            """;

    /// So many of the newest ends are looked through first: as a rule they fill a page, however
    /// many there are behind them.
    private static final String CANDIDATES = "ORDER BY job_id DESC LIMIT 2000";

    static List<JobRun> list(Handle handle, JobRunFilter filter) {
        String status = filter.status();
        boolean isOfFew = "FAILED".equals(status) || "SKIPPED".equals(status);
        String from = filter.before() == null ? "" : " AND job_id < :before ";
        List<JobRun> newest =
                isOfFew ? list(handle, filter, ENDED.formatted(from + CANDIDATES)) : List.of();
        return newest.size() < filter.limit() ? list(handle, filter, ENDED.formatted("")) : newest;
    }

    private static List<JobRun> list(Handle handle, JobRunFilter filter, String ended) {
        StringBuilder sql = new StringBuilder(SELECT);
        String status = filter.status();
        if (status != null) {
            sql.append(
                    switch (status) {
                        case "RUNNING" ->
                                " AND finished_at IS NULL AND job_id IN"
                                        + " (SELECT job_id FROM lease WHERE tenant_id = :tenant)";
                        case "COMPLETED" -> " AND state = :status";
                        default -> ended;
                    });
        }
        String type = filter.type();
        // Only pipelines are put in by programs; all others are in the index of people's jobs.
        boolean isOfPeople = type != null && !type.equals(Job.PIPELINE);
        and(
                sql,
                type,
                isOfPeople
                        ? " AND job_type = :type AND kind IS NOT NULL"
                        : " AND job_type = :type");
        and(sql, filter.group(), " AND group_id = :group");
        and(sql, filter.job(), " AND job_id = :job");
        and(sql, filter.before(), " AND job_id < :before");
        Query query = handle.createQuery(sql.append(" ORDER BY job_id DESC LIMIT :limit"));
        query.bind("tenant", filter.tenant().value()).bind("limit", filter.limit());
        bind(query, "status", "RUNNING".equals(status) ? null : status);
        bind(query, "type", filter.type());
        bind(query, "group", filter.group() == null ? null : filter.group().value());
        bind(query, "job", filter.job() == null ? null : filter.job().value());
        bind(query, "before", filter.before() == null ? null : filter.before().value());
        return query.map((row, _) -> run(row)).list();
    }

    private static void and(StringBuilder sql, @Nullable Object wanted, String condition) {
        if (wanted != null) {
            sql.append(condition);
        }
    }

    private static void bind(Query query, String name, @Nullable Object value) {
        if (value != null) {
            query.bind(name, value);
        }
    }

    private static final String VALUE =
            """
            SELECT artifacts -> CAST(:name AS text) FROM run
            WHERE job_id = :job AND tenant_id = :tenant AND jsonb_exists(artifacts, :name)
            """;

    /// What the run's handler answered under a name, as JSON.
    static Optional<String> value(Handle handle, TenantId tenant, JobId job, String name) {
        return handle.createQuery(VALUE)
                .bind("job", job.value())
                .bind("tenant", tenant.value())
                .bind("name", name)
                .mapTo(String.class)
                .findOne();
    }

    private static JobRun run(ResultSet row) throws SQLException {
        UUID template = row.getObject("template_id", UUID.class);
        UUID group = row.getObject("group_id", UUID.class);
        UUID retryOf = row.getObject("retry_of", UUID.class);
        return new JobRun(
                JobId.of(row.getObject("job_id", UUID.class)),
                new TenantId(row.getString("tenant_id")),
                row.getString("job_type"),
                row.getString("status"),
                Json.object(row.getString("params")),
                template == null ? null : new TemplateId(template),
                group == null ? null : new GroupId(group),
                row.getObject("sequence_number", Integer.class),
                retryOf == null ? null : JobId.of(retryOf),
                row.getInt("attempt"),
                Objects.requireNonNull(instant(row, "started_at")),
                instant(row, "finished_at"),
                row.getObject("exit_code", Integer.class),
                row.getString("error"),
                row.getString("error_code"),
                artifacts(row),
                Json.object(row.getString("result")),
                row.getString("node_id"));
    }

    /// Stored ones, and values that the handler answered with its outcome.
    private static List<String> artifacts(ResultSet row) throws SQLException {
        TreeSet<String> names =
                new TreeSet<>(List.of((String[]) row.getArray("stored").getArray()));
        Map<String, Object> answered = Json.object(row.getString("artifacts"));
        names.addAll(answered.keySet());
        return new ArrayList<>(names);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
