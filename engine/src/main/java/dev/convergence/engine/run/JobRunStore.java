package dev.convergence.engine.run;

import dev.convergence.engine.id.GroupId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TemplateId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.EndedJobStore;
import dev.convergence.engine.job.EndsWanted;
import dev.convergence.engine.job.EndsWanted.Ends;
import dev.convergence.engine.job.LiveJobStore;
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

    private static final String OF = SELECT + " AND job_id = ANY(:jobs) ORDER BY job_id DESC";

    static List<JobRun> list(Handle handle, JobRunFilter filter) {
        List<UUID> jobs =
                "RUNNING".equals(filter.status())
                        ? LiveJobStore.running(handle, wanted(filter, Ends.STARTED, true))
                        : EndedJobStore.newest(handle, wanted(filter));
        return handle.createQuery(OF)
                .bind("tenant", filter.tenant().value())
                .bind("jobs", jobs.toArray(UUID[]::new))
                .map((row, _) -> run(row))
                .list();
    }

    private static EndsWanted wanted(JobRunFilter filter) {
        String status = filter.status();
        return status == null
                ? wanted(filter, Ends.STARTED_OR_SKIPPED, true)
                : wanted(filter, Ends.valueOf(status), false);
    }

    private static EndsWanted wanted(JobRunFilter filter, Ends ends, boolean isLeased) {
        return new EndsWanted(
                filter.tenant(),
                ends,
                isLeased,
                true,
                filter.type(),
                filter.group(),
                filter.job(),
                null,
                null,
                filter.before(),
                filter.limit());
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
