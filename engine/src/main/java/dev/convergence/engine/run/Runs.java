package dev.convergence.engine.run;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.LongCounts;
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
import org.jspecify.annotations.Nullable;

/// Finds and lists pipeline runs; writing them belongs to `queue`.
public final class Runs {

    private final Database database;
    private final LongCounts longCounts;

    public Runs(Database database, LongCounts longCounts) {
        this.database = database;
        this.longCounts = longCounts;
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

    /// Newest first. The ids of the page are found first: most of what a list asks for is in an
    /// index, and the rows of what it does not show are never read.
    public List<RunView> list(RunFilter filter) {
        return database.look(handle ->
                OwnerStore.narrowed(handle, filter)
                        .map(wish -> of(handle, RunPageStore.ids(handle, wish)))
                        .orElse(List.of()));
    }

    /// All that the filter lets through, whatever the page.
    public long count(RunFilter filter, Instant now) {
        return database.count(handle ->
                OwnerStore.narrowed(handle, filter.ofAnyPage())
                        .map(wish -> new RunCountStore(handle, longCounts, now, wish).count())
                        .orElse(0L));
    }

    private static final String OF = SELECT + " WHERE job_id = ANY(:jobs) ORDER BY job_id DESC";

    private static List<RunView> of(Handle handle, List<UUID> jobs) {
        return jobs.isEmpty()
                ? List.of()
                : handle.createQuery(OF)
                        .bind("jobs", jobs.toArray(UUID[]::new))
                        .map((row, _) -> view(row))
                        .list();
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
