package dev.convergence.engine.jobschedule;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.ScheduleId;
import dev.convergence.engine.id.TemplateId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The tables `job_schedule` and `job_schedule_fire`.
public final class JobScheduleStore {

    private JobScheduleStore() {}

    private static final String WRITE =
            """
            INSERT INTO job_schedule (schedule_id, tenant_id, template_id, name, cron, timezone, enabled, priority,
                                      param_overrides, next_trigger_at, last_triggered_at, created_at, updated_at)
            VALUES (:id, :tenant, :template, :name, :cron, :zone, :enabled, :priority, :overrides::jsonb, :next,
                    :last, :createdAt, :updatedAt)
            ON CONFLICT (schedule_id) DO UPDATE
            SET template_id = excluded.template_id, name = excluded.name, cron = excluded.cron,
                timezone = excluded.timezone, enabled = excluded.enabled, priority = excluded.priority,
                param_overrides = excluded.param_overrides, next_trigger_at = excluded.next_trigger_at,
                updated_at = excluded.updated_at
            """;

    static void write(Handle handle, JobSchedule schedule) {
        handle.createUpdate(WRITE)
                .bind("id", schedule.id().value())
                .bind("tenant", schedule.tenant().value())
                .bind("template", schedule.template().value())
                .bind("name", schedule.name())
                .bind("cron", schedule.cron())
                .bind("zone", schedule.zone().getId())
                .bind("enabled", schedule.isEnabled())
                .bind("priority", schedule.priority())
                .bind("overrides", Json.write(schedule.overrides()))
                .bind("next", schedule.nextTriggerAt())
                .bind("last", schedule.lastTriggeredAt())
                .bind("createdAt", schedule.createdAt())
                .bind("updatedAt", schedule.updatedAt())
                .execute();
    }

    private static final String SELECT =
            """
            SELECT s.schedule_id, s.tenant_id, s.template_id, s.name, s.cron, s.timezone, s.enabled, s.priority,
                   s.param_overrides, s.next_trigger_at, s.last_triggered_at, s.created_at, s.updated_at
            FROM job_schedule s
            """;

    private static final String FIND =
            SELECT + " WHERE s.tenant_id = :tenant AND s.schedule_id = :id";
    private static final String LOCK = FIND + " FOR UPDATE";

    static Optional<JobSchedule> find(Handle handle, TenantId tenant, ScheduleId id) {
        return find(handle, FIND, tenant, id);
    }

    /// The row, which nobody else changes or fires until the transaction ends.
    public static Optional<JobSchedule> lock(Handle handle, TenantId tenant, ScheduleId id) {
        return find(handle, LOCK, tenant, id);
    }

    private static Optional<JobSchedule> find(
            Handle handle, String sql, TenantId tenant, ScheduleId id) {
        return handle.createQuery(sql)
                .bind("tenant", tenant.value())
                .bind("id", id.value())
                .map((row, _) -> schedule(row))
                .findOne();
    }

    private static final String LIST =
            SELECT
                    + """
                     WHERE s.tenant_id = :tenant AND (:enabled::boolean IS NULL OR s.enabled = :enabled)
                       AND (:before::uuid IS NULL OR s.schedule_id < :before)
                    ORDER BY s.schedule_id DESC LIMIT :limit
                    """;

    static List<JobSchedule> list(
            Handle handle,
            TenantId tenant,
            @Nullable Boolean enabled,
            @Nullable UUID before,
            int limit) {
        return handle.createQuery(LIST)
                .bind("tenant", tenant.value())
                .bind("enabled", enabled)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, _) -> schedule(row))
                .list();
    }

    private static final String DELETE =
            "DELETE FROM job_schedule WHERE tenant_id = :tenant AND schedule_id = :id";

    static boolean delete(Handle handle, TenantId tenant, ScheduleId id) {
        return handle.createUpdate(DELETE)
                        .bind("tenant", tenant.value())
                        .bind("id", id.value())
                        .execute()
                == 1;
    }

    // The tenant's share, too, is taken without waiting: whoever deletes a tenant holds its row and
    // then wants its schedules.
    // A suspended tenant's schedules stay due; what was missed collapses when it is active again.
    private static final String DUE =
            SELECT
                    + """
                     JOIN tenant t ON t.tenant_id = s.tenant_id
                    JOIN job_template p ON p.template_id = s.template_id AND p.archived_at IS NULL
                    WHERE s.enabled AND s.next_trigger_at <= :now AND t.status IN ('ACTIVE', 'TRIAL')
                    ORDER BY s.next_trigger_at LIMIT :limit FOR UPDATE OF s SKIP LOCKED FOR KEY SHARE OF t SKIP LOCKED
                    """;

    /// Locks schedules that have come due; those that another node has just locked are its own.
    public static List<JobSchedule> due(Handle handle, Instant now, int limit) {
        return handle.createQuery(DUE)
                .bind("now", now)
                .bind("limit", limit)
                .map((row, _) -> schedule(row))
                .list();
    }

    private static final Duration KEPT = Duration.ofDays(400);

    private static final String FIRED =
            """
            WITH fire AS (
                INSERT INTO job_schedule_fire (schedule_id, due_at, job_id) VALUES (:id, :dueAt, :job)),
            old AS (DELETE FROM job_schedule_fire WHERE schedule_id = :id AND due_at < :old)
            UPDATE job_schedule SET last_triggered_at = :dueAt, next_trigger_at = :next WHERE schedule_id = :id
            """;

    /// Writes down which job an instant has made. The unique key refuses a second.
    public static void fired(Handle handle, ScheduleId id, Instant dueAt, JobId job, Instant next) {
        handle.createUpdate(FIRED)
                .bind("id", id.value())
                .bind("dueAt", dueAt)
                .bind("job", job.value())
                .bind("next", next)
                .bind("old", dueAt.minus(KEPT))
                .execute();
    }

    private static JobSchedule schedule(ResultSet row) throws SQLException {
        return new JobSchedule(
                new ScheduleId(row.getObject("schedule_id", UUID.class)),
                new TenantId(row.getString("tenant_id")),
                new TemplateId(row.getObject("template_id", UUID.class)),
                row.getString("name"),
                row.getString("cron"),
                ZoneId.of(row.getString("timezone")),
                row.getBoolean("enabled"),
                row.getInt("priority"),
                Json.object(row.getString("param_overrides")),
                Objects.requireNonNull(instant(row, "next_trigger_at")),
                instant(row, "last_triggered_at"),
                Objects.requireNonNull(instant(row, "created_at")),
                Objects.requireNonNull(instant(row, "updated_at")));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
