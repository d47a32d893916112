package dev.convergence.engine.queue;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.Origin;
import dev.convergence.engine.job.TriggerType;
import dev.convergence.engine.sql.Answers;
import dev.convergence.engine.sql.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The table `job`: written once, read by id.
final class JobStore {

    private static final String NO_PARAMS = "{}";

    private JobStore() {}

    /// @param position the place of its first ticket; null while it has none among the ready ones
    /// @param shown the position that people see
    record Placed(Job job, @Nullable Long position, @Nullable Long shown) {}

    static final String COLUMNS =
            """
            job_id, tenant_id, job_type, params, priority, attempt, retry_of, root_id, max_retries,
            retry_policy, pool, pipeline_id, config_id, slot_at, trigger_type, trigger_by, user_id,
            flight_key, node_losses, position, kind, group_id, sequence_number, template_id, schedule_id,
            retry_kind, shown_position
            """;

    static String params(Job job) {
        return job.params().isEmpty() ? NO_PARAMS : Json.write(job.params());
    }

    static @Nullable UUID uuid(@Nullable JobId id) {
        return id == null ? null : id.value();
    }

    static @Nullable UUID root(Job job) {
        return job.root().equals(job.id()) ? null : job.root().value();
    }

    static @Nullable UUID config(Origin origin) {
        return origin.config() == null ? null : origin.config().value();
    }

    private static final String FIND = "SELECT " + COLUMNS + " FROM job WHERE job_id = ANY(:ids)";

    static List<Job> find(Handle handle, Collection<JobId> ids) {
        return handle.createQuery(FIND)
                .bind("ids", ids.stream().map(JobId::value).toArray(UUID[]::new))
                .map((row, _) -> job(row))
                .list();
    }

    // With the commit the planner is free again, and what it plans is kept: a plan made while a
    // day's partition was empty would read all of it, for each claim, until it is analyzed.
    private static final String COMMIT_AND_FIND = "COMMIT;\n" + ClaimStore.SETTINGS + ";\n" + FIND;

    /// Commits the transaction and reads jobs then, in one trip: the locks are free while it reads,
    /// and who waits for a job does not wait for two answers. A failure leaves it open whether the
    /// transaction is committed, as the failure of any commit does.
    static List<Job> findOnceCommitted(Handle handle, Collection<JobId> ids) {
        return handle.createQuery(COMMIT_AND_FIND)
                .bind("ids", ids.stream().map(JobId::value).toArray(UUID[]::new))
                .execute((statement, _) -> Answers.after(2, statement.get(), JobStore::jobs));
    }

    private static List<Job> jobs(ResultSet rows) throws SQLException {
        List<Job> jobs = new ArrayList<>();
        while (rows.next()) {
            jobs.add(job(rows));
        }
        return jobs;
    }

    private static final String WAITING =
            """
            SELECT job_id FROM job WHERE job_id = ANY(:ids) AND tenant_id = :tenant
              AND NOT EXISTS (SELECT 1 FROM lease WHERE lease.job_id = job.job_id)
              AND NOT EXISTS (SELECT 1 FROM run WHERE run.job_id = job.job_id)
            """;

    /// Those of the jobs that neither run nor have ended.
    static List<JobId> waiting(Handle handle, TenantId tenant, Collection<JobId> ids) {
        return handle.createQuery(WAITING)
                .bind("ids", ids.stream().map(JobId::value).toArray(UUID[]::new))
                .bind("tenant", tenant.value())
                .map((row, _) -> JobId.of(row.getObject(1, UUID.class)))
                .list();
    }

    private static final String IS_LIVE =
            """
            SELECT EXISTS (SELECT 1 FROM job WHERE job_id = :job AND tenant_id = :tenant)
               AND NOT EXISTS (SELECT 1 FROM run WHERE job_id = :job)
            """;

    /// Whether there is such a job and it has not ended.
    static boolean isLive(Handle handle, TenantId tenant, JobId job) {
        return handle.createQuery(IS_LIVE)
                .bind("job", job.value())
                .bind("tenant", tenant.value())
                .mapTo(boolean.class)
                .one();
    }

    // By number, in the order of COLUMNS: this runs for every job of every claim.
    private static Job job(ResultSet row) throws SQLException {
        JobId id = JobId.of(row.getObject(1, UUID.class));
        UUID retryOf = row.getObject(7, UUID.class);
        UUID root = row.getObject(8, UUID.class);
        return new Job(
                id,
                new TenantId(row.getString(2)),
                row.getString(3),
                params(row.getString(4)),
                row.getInt(5),
                row.getInt(6),
                retryOf == null ? null : JobId.of(retryOf),
                root == null ? id : JobId.of(root),
                PolicyTexts.policy(
                        row.getInt(9), Objects.requireNonNullElse(row.getString(10), NO_PARAMS)),
                row.getString(11),
                origin(row),
                row.getInt(19),
                TiesRow.read(row, 21));
    }

    private static Map<String, Object> params(String stored) {
        return stored.equals(NO_PARAMS) ? Map.of() : Json.object(stored);
    }

    private static Origin origin(ResultSet row) throws SQLException {
        UUID config = row.getObject(13, UUID.class);
        return new Origin(
                row.getString(12),
                config == null ? null : new ConfigId(config),
                instant(row, "slot_at"),
                TriggerType.of(row.getString(15)),
                row.getString(16),
                row.getString(17),
                row.getString(18));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.withOffsetSameInstant(ZoneOffset.UTC).toInstant();
    }
}
