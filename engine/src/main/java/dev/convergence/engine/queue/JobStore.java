package dev.convergence.engine.queue;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.Origin;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.job.TriggerType;
import dev.convergence.engine.sql.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/// The table `job`: written once, read by id.
final class JobStore {

    private JobStore() {}

    private static final String INSERT =
            """
            INSERT INTO convergence.job (job_id, tenant_id, job_type, params, priority, attempt, retry_of, root_id,
                             max_retries, retry_policy, pool, pipeline_id, config_id, slot_at,
                             trigger_type, trigger_by, user_id, flight_key)
            VALUES (:id, :tenant, :type, :params::jsonb, :priority, :attempt, :retryOf, :root,
                    :retriesMax, :backoff::jsonb, :pool, :pipelineId, :config, :slotAt,
                    :trigger, :triggerBy, :userId, :flightKey)
            """;

    static void insert(Handle handle, Collection<Job> jobs) {
        PreparedBatch batch = handle.prepareBatch(INSERT);
        for (Job job : jobs) {
            Origin origin = job.origin();
            batch.bind("id", job.id().value())
                    .bind("tenant", job.tenant().value())
                    .bind("type", job.type())
                    .bind("params", Json.write(job.params()))
                    .bind("priority", job.priority())
                    .bind("attempt", job.attempt())
                    .bind("retryOf", uuid(job.retryOf()))
                    .bind("root", job.root().equals(job.id()) ? null : job.root().value())
                    .bind("retriesMax", job.retry().retriesMax())
                    .bind("backoff", Json.write(job.retry().backoffFacts()))
                    .bind("pool", job.pool())
                    .bind("pipelineId", origin.pipelineId())
                    .bind("config", origin.config() == null ? null : origin.config().value())
                    .bind("slotAt", origin.slotAt())
                    .bind("trigger", origin.trigger().word())
                    .bind("triggerBy", origin.triggerBy())
                    .bind("userId", origin.userId())
                    .bind("flightKey", origin.flightKey())
                    .add();
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    private static @Nullable UUID uuid(@Nullable JobId id) {
        return id == null ? null : id.value();
    }

    private static final String FIND =
            """
            SELECT job_id, tenant_id, job_type, params, priority, attempt, retry_of, root_id, max_retries,
                   retry_policy, pool, pipeline_id, config_id, slot_at, trigger_type, trigger_by, user_id,
                   flight_key
            FROM job WHERE job_id = ANY(:ids)
            """;

    static List<Job> find(Handle handle, Collection<JobId> ids) {
        return handle.createQuery(FIND)
                .bind("ids", ids.stream().map(JobId::value).toArray(UUID[]::new))
                .map((row, _) -> job(row))
                .list();
    }

    private static Job job(ResultSet row) throws SQLException {
        JobId id = JobId.of(row.getObject("job_id", UUID.class));
        UUID retryOf = row.getObject("retry_of", UUID.class);
        UUID root = row.getObject("root_id", UUID.class);
        return new Job(
                id,
                new TenantId(row.getString("tenant_id")),
                row.getString("job_type"),
                Json.object(row.getString("params")),
                row.getInt("priority"),
                row.getInt("attempt"),
                retryOf == null ? null : JobId.of(retryOf),
                root == null ? id : JobId.of(root),
                RetryPolicy.of(
                        row.getInt("max_retries"), Json.object(row.getString("retry_policy"))),
                row.getString("pool"),
                origin(row));
    }

    private static Origin origin(ResultSet row) throws SQLException {
        UUID config = row.getObject("config_id", UUID.class);
        return new Origin(
                row.getString("pipeline_id"),
                config == null ? null : new ConfigId(config),
                instant(row, "slot_at"),
                TriggerType.of(row.getString("trigger_type")),
                row.getString("trigger_by"),
                row.getString("user_id"),
                row.getString("flight_key"));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.withOffsetSameInstant(ZoneOffset.UTC).toInstant();
    }
}
