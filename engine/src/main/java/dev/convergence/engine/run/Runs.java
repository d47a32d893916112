package dev.convergence.engine.run;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.sql.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Finds and lists pipeline runs; writing them belongs to `queue`.
public final class Runs {

    private final Database database;

    public Runs(Database database) {
        this.database = database;
    }

    private static final String SELECT =
            """
            SELECT job_id, tenant_id, pipeline_id, config_id, slot_at,
                   COALESCE((SELECT effective_at FROM slot WHERE slot.config_id = pipeline_run.config_id
                             AND slot.due_at = pipeline_run.slot_at), slot_at) AS effective_at,
                   provider, domain, template_name, parameters,
                   state, trigger_type, trigger_by, user_id, priority, attempt, max_retries, retry_of, created_at,
                   started_at, finished_at, error, error_code, exit_code, artifacts, result, node_id,
                   next_attempt_at, cancel_requested_at
            FROM pipeline_run
            """;

    private static final String FIND = SELECT + " WHERE job_id = :job";

    public Optional<RunView> find(JobId job) {
        return database.read(handle ->
                handle.createQuery(FIND)
                        .bind("job", job.value())
                        .map((row, _) -> view(row))
                        .findOne());
    }

    /// A tenant's run; the id of another tenant's is as unknown as one that never was.
    public RunView find(TenantId tenant, JobId job) {
        return find(job)
                .filter(run -> run.tenant().equals(tenant))
                .orElseThrow(() ->
                        EngineException.notFound("There is no pipeline run " + job.run() + "."));
    }

    // Ended states are found by the index on run, live ones in the small tables; a condition on the
    // derived column alone would read every run of the tenant.
    private static final String ENDED =
            "job_id IN (SELECT r.job_id FROM run r WHERE r.state = :state AND r.state <> 'COMPLETED')";

    private static final String ENDED_OF_TENANT =
            "job_id IN (SELECT r.job_id FROM run r WHERE r.tenant_id = :tenant AND r.state = :state AND r.state <> 'COMPLETED')";

    private static final String RUNNING =
            "job_id IN (SELECT l.job_id FROM lease l) AND state = :state";

    private static final String WAITING =
            """
            job_id IN (SELECT job_id FROM ready UNION ALL SELECT job_id FROM deferred
                       UNION ALL SELECT job_id FROM parked) AND state = :state
            """;

    /// Newest first.
    public List<RunView> list(RunFilter filter) {
        String sql = SELECT + where(filter) + " ORDER BY job_id DESC LIMIT :limit OFFSET :offset";
        return database.read(handle ->
                bind(handle, sql, filter)
                        .bind("limit", filter.limit())
                        .bind("offset", filter.offset())
                        .map((row, _) -> view(row))
                        .list());
    }

    public long count(RunFilter filter) {
        String sql = "SELECT count(*) FROM pipeline_run " + where(filter);
        return database.read(handle -> bind(handle, sql, filter).mapTo(long.class).one());
    }

    /// Conditions are constants; what the caller gave is bound.
    private static String where(RunFilter filter) {
        StringBuilder where = new StringBuilder(" WHERE true");
        and(where, filter.tenant(), "tenant_id = :tenant");
        and(where, filter.pipelineId(), "lower(pipeline_id) = lower(:pipelineId)");
        and(where, filter.config(), "config_id = :config");
        and(where, filter.retryOf(), "retry_of = :retryOf");
        and(where, filter.before(), "job_id < :before");
        and(where, filter.scheduledOnly() ? true : null, "slot_at IS NOT NULL");
        and(
                where,
                filter.scheduledOn(),
                "slot_at >= :day::date::timestamp AT TIME ZONE 'UTC' AND slot_at < (:day::date + 1)::timestamp AT TIME ZONE 'UTC'");
        String state = filter.state();
        if (state != null) {
            and(where, state, stateCondition(state, filter.tenant() != null));
        }
        return where.toString();
    }

    private static void and(StringBuilder where, @Nullable Object wanted, String condition) {
        if (wanted != null) {
            where.append(" AND ").append(condition);
        }
    }

    private static String stateCondition(String state, boolean ofTenant) {
        return switch (state) {
            case "RUNNING" -> RUNNING;
            case "SCHEDULED", "PENDING" -> WAITING;
            case "COMPLETED" -> "state = :state";
            default -> ofTenant ? ENDED_OF_TENANT : ENDED;
        };
    }

    private static Query bind(Handle handle, String sql, RunFilter filter) {
        Query query = handle.createQuery(sql);
        bind(query, "tenant", filter.tenant() == null ? null : filter.tenant().value());
        bind(query, "pipelineId", filter.pipelineId());
        bind(query, "config", filter.config() == null ? null : filter.config().value());
        bind(query, "retryOf", filter.retryOf() == null ? null : filter.retryOf().value());
        bind(query, "before", filter.before() == null ? null : filter.before().value());
        bind(query, "day", filter.scheduledOn());
        bind(query, "state", filter.state());
        return query;
    }

    private static void bind(Query query, String name, @Nullable Object value) {
        if (value != null) {
            query.bind(name, value);
        }
    }

    private static RunView view(ResultSet row) throws SQLException {
        UUID config = row.getObject("config_id", UUID.class);
        UUID retryOf = row.getObject("retry_of", UUID.class);
        return new RunView(
                JobId.of(row.getObject("job_id", UUID.class)),
                new TenantId(row.getString("tenant_id")),
                row.getString("pipeline_id"),
                config == null ? null : new ConfigId(config),
                instant(row, "slot_at"),
                instant(row, "effective_at"),
                row.getString("provider"),
                row.getString("domain"),
                row.getString("template_name"),
                Json.object(row.getString("parameters")),
                row.getString("state"),
                row.getString("trigger_type"),
                row.getString("trigger_by"),
                row.getString("user_id"),
                row.getInt("priority"),
                row.getInt("attempt"),
                row.getInt("max_retries"),
                retryOf == null ? null : JobId.of(retryOf),
                Objects.requireNonNull(instant(row, "created_at")),
                instant(row, "started_at"),
                instant(row, "finished_at"),
                row.getString("error"),
                row.getString("error_code"),
                row.getObject("exit_code", Integer.class),
                Json.object(row.getString("artifacts")),
                Json.object(row.getString("result")),
                row.getString("node_id"),
                instant(row, "next_attempt_at"),
                instant(row, "cancel_requested_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
