package dev.convergence.engine.webhook;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rows of `outbox` that are to become messages of one topic.
public final class NoteStore {

    private NoteStore() {}

    /// What was noted: the end of a run, or something else.
    ///
    /// @param run null for something else
    /// @param payload null for a run
    public record Noted(
            long id,
            @Nullable RunFact run,
            @Nullable Map<String, Object> payload,
            Instant happenedAt) {}

    // Steps from tenant to tenant in the index, so that one with many rows hides nobody.
    private static final String TENANTS =
            """
            WITH RECURSIVE waiting AS (
                (SELECT tenant_id FROM outbox WHERE topic = :topic ORDER BY tenant_id LIMIT 1)
                UNION ALL
                SELECT (SELECT tenant_id FROM outbox
                        WHERE topic = :topic AND tenant_id > waiting.tenant_id
                        ORDER BY tenant_id LIMIT 1)
                FROM waiting WHERE waiting.tenant_id IS NOT NULL)
            SELECT tenant_id FROM waiting WHERE tenant_id IS NOT NULL
            """;

    /// The tenants of whom something is noted.
    public static List<TenantId> tenants(Handle handle, String topic) {
        return handle.createQuery(TENANTS)
                .bind("topic", topic)
                .map((row, _) -> new TenantId(row.getString(1)))
                .list();
    }

    // The rows stay locked until their deliveries are committed, so that nobody else makes them.
    // Retries are younger than what they retry: older partitions need no look.
    private static final String LOCK =
            """
            WITH noted AS MATERIALIZED (
                SELECT outbox_id, job_id, payload, due_at FROM outbox
                WHERE topic = :topic AND tenant_id = :tenant
                ORDER BY outbox_id LIMIT :limit FOR UPDATE SKIP LOCKED)
            SELECT noted.outbox_id, noted.payload, noted.due_at, job.job_id, job.job_type, job.pipeline_id,
                   job.config_id, job.params, job.attempt, job.retry_of, job.group_id, job.sequence_number,
                   run.state, run.started_at, run.finished_at, run.error, run.error_code, run.exit_code, run.artifacts,
                   EXISTS (SELECT 1 FROM job AS retry
                           WHERE retry.retry_of = noted.job_id AND retry.job_id > noted.job_id
                             AND retry.trigger_type = 'retry' AND retry.attempt > 0) AS will_retry
            FROM noted
            LEFT JOIN job ON job.job_id = noted.job_id
            LEFT JOIN run ON run.job_id = noted.job_id
            ORDER BY noted.outbox_id
            """;

    /// The oldest notes of a tenant, for the caller alone until its transaction ends.
    public static List<Noted> lock(Handle handle, String topic, TenantId tenant, int limit) {
        return handle.createQuery(LOCK)
                .bind("topic", topic)
                .bind("tenant", tenant.value())
                .bind("limit", limit)
                .map((row, _) -> noted(row))
                .list();
    }

    private static Noted noted(ResultSet row) throws SQLException {
        String payload = row.getString("payload");
        return new Noted(
                row.getLong("outbox_id"),
                row.getString("state") == null ? null : run(row),
                payload == null ? null : Json.object(payload),
                Objects.requireNonNull(instant(row, "due_at")));
    }

    private static RunFact run(ResultSet row) throws SQLException {
        UUID retryOf = row.getObject("retry_of", UUID.class);
        return new RunFact(
                JobId.of(row.getObject("job_id", UUID.class)),
                row.getString("job_type"),
                row.getString("pipeline_id") != null,
                row.getString("state"),
                Json.object(row.getString("params")),
                row.getInt("attempt"),
                retryOf == null ? null : JobId.of(retryOf),
                row.getString("group_id"),
                row.getObject("sequence_number", Integer.class),
                instant(row, "started_at"),
                Objects.requireNonNull(instant(row, "finished_at")),
                row.getString("error"),
                row.getString("error_code"),
                row.getObject("exit_code", Integer.class),
                Json.object(row.getString("artifacts")),
                row.getBoolean("will_retry"),
                row.getString("pipeline_id"),
                row.getObject("config_id", UUID.class));
    }

    public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static final String DONE = "DELETE FROM outbox WHERE outbox_id = ANY(:ids)";

    public static void done(Handle handle, Collection<Noted> noted) {
        handle.createUpdate(DONE)
                .bind("ids", noted.stream().map(Noted::id).toArray(Long[]::new))
                .execute();
    }
}
