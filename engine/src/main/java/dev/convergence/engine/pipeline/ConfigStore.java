package dev.convergence.engine.pipeline;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Json;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/// The tables `pipeline_config` and `schedule`.
final class ConfigStore {

    private ConfigStore() {}

    private static final String INSERT =
            """
            WITH config AS (
                INSERT INTO pipeline_config (config_id, tenant_id, provider, domain, template_name, pipeline_name,
                    description, schedule_cron, timezone, is_active, parameters, priority, retry_config,
                    notification_emails, created_by, created_at, updated_at)
                VALUES (:id, :tenant, :provider, :domain, :templateName, :pipelineName,
                    :description, :cron, :zone, :isActive, :parameters::jsonb, :priority, :retry::jsonb,
                    :emails, :createdBy, :createdAt, :updatedAt)
                RETURNING config_id)
            INSERT INTO schedule (config_id, tenant_id, next_fire, is_enabled, is_suspended)
            SELECT config_id, :tenant, :nextFire, :isActive,
                   (SELECT status = 'SUSPENDED' FROM tenant WHERE tenant_id = :tenant)
            FROM config
            """;

    static void insert(Handle handle, PipelineConfig config) {
        bind(handle.createUpdate(INSERT), config).execute();
    }

    private static final String UPDATE =
            """
            WITH config AS (
                UPDATE pipeline_config
                SET provider = :provider, domain = :domain, template_name = :templateName,
                    pipeline_name = :pipelineName, description = :description, schedule_cron = :cron,
                    timezone = :zone, is_active = :isActive, parameters = :parameters::jsonb,
                    priority = :priority, retry_config = :retry::jsonb, notification_emails = :emails,
                    updated_at = :updatedAt
                WHERE config_id = :id AND tenant_id = :tenant
                RETURNING config_id)
            UPDATE schedule SET next_fire = :nextFire, is_enabled = :isActive
            FROM config WHERE schedule.config_id = config.config_id
            """;

    static void update(Handle handle, PipelineConfig config) {
        bind(handle.createUpdate(UPDATE), config).execute();
    }

    private static Update bind(Update update, PipelineConfig config) {
        return update.bind("id", config.id().value())
                .bind("tenant", config.tenant().value())
                .bind("provider", config.provider())
                .bind("domain", config.domain())
                .bind("templateName", config.templateName())
                .bind("pipelineName", config.pipelineName())
                .bind("description", config.description())
                .bind("cron", config.cron())
                .bind("zone", config.zone().getId())
                .bind("isActive", config.isActive())
                .bind("parameters", Json.write(config.parameters()))
                .bind("priority", config.priority())
                .bind("retry", Json.write(config.retry()))
                .bind("emails", config.notificationEmails().toArray(String[]::new))
                .bind("createdBy", config.createdBy())
                .bind("createdAt", config.createdAt())
                .bind("updatedAt", config.updatedAt())
                .bind("nextFire", config.nextRunTime());
    }

    private static final String SELECT =
            """
            SELECT config_id, c.tenant_id, provider, domain, template_name, pipeline_name, description,
                   schedule_cron, timezone, is_active, parameters, priority, retry_config, notification_emails,
                   next_fire, last_run_time, last_run_status, created_by, created_at, updated_at
            FROM pipeline_config c JOIN schedule USING (config_id)
            """;

    private static final String FIND =
            SELECT + " WHERE config_id = :id AND c.tenant_id = :tenant AND deleted_at IS NULL";

    static Optional<PipelineConfig> find(Handle handle, TenantId tenant, ConfigId id) {
        return handle.createQuery(FIND)
                .bind("id", id.value())
                .bind("tenant", tenant.value())
                .map((row, _) -> config(row))
                .findOne();
    }

    private static final String LOCK_SCHEDULE =
            "SELECT config_id FROM schedule WHERE config_id = :id AND tenant_id = :tenant FOR UPDATE";

    /// Locks a config by its schedule's row, as the scheduler does, and then reads it: what others
    /// changed while this waited is seen.
    static Optional<PipelineConfig> lock(Handle handle, TenantId tenant, ConfigId id) {
        handle.createQuery(LOCK_SCHEDULE)
                .bind("id", id.value())
                .bind("tenant", tenant.value())
                .mapTo(UUID.class)
                .list();
        return find(handle, tenant, id);
    }

    private static final String OWNER =
            "SELECT tenant_id FROM pipeline_config WHERE config_id = :id AND deleted_at IS NULL";

    static Optional<TenantId> owner(Handle handle, ConfigId id) {
        return handle.createQuery(OWNER)
                .bind("id", id.value())
                .map((row, _) -> new TenantId(row.getString(1)))
                .findOne();
    }

    private static final String LIST =
            SELECT
                    + """
                     WHERE c.tenant_id = :tenant AND deleted_at IS NULL
                       AND (:isActive::boolean IS NULL OR is_active = :isActive)
                       AND (:before::uuid IS NULL OR config_id < :before)
                     ORDER BY config_id DESC LIMIT :limit
                    """;

    /// Newest first; the ids are ordered by time.
    static List<PipelineConfig> list(
            Handle handle,
            TenantId tenant,
            @Nullable Boolean isActive,
            @Nullable UUID before,
            int limit) {
        return handle.createQuery(LIST)
                .bind("tenant", tenant.value())
                .bind("isActive", isActive)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, _) -> config(row))
                .list();
    }

    private static final String DELETE =
            """
            WITH config AS (
                UPDATE pipeline_config SET deleted_at = :now, is_active = false, updated_at = :now
                WHERE config_id = :id AND tenant_id = :tenant AND deleted_at IS NULL
                RETURNING config_id)
            UPDATE schedule SET is_enabled = false FROM config WHERE schedule.config_id = config.config_id
            """;

    static void delete(Handle handle, TenantId tenant, ConfigId id, Instant now) {
        handle.createUpdate(DELETE)
                .bind("id", id.value())
                .bind("tenant", tenant.value())
                .bind("now", now)
                .execute();
    }

    private static final String WAITING_JOBS =
            """
            SELECT job_id FROM job
            WHERE config_id = :id AND tenant_id = :tenant
              AND NOT EXISTS (SELECT 1 FROM run WHERE run.job_id = job.job_id)
              AND NOT EXISTS (SELECT 1 FROM lease WHERE lease.job_id = job.job_id)
            """;

    static List<UUID> waitingJobs(Handle handle, TenantId tenant, ConfigId id) {
        return handle.createQuery(WAITING_JOBS)
                .bind("id", id.value())
                .bind("tenant", tenant.value())
                .mapTo(UUID.class)
                .list();
    }

    private static PipelineConfig config(ResultSet row) throws SQLException {
        return new PipelineConfig(
                new ConfigId(row.getObject("config_id", UUID.class)),
                new TenantId(row.getString("tenant_id")),
                row.getString("provider"),
                row.getString("domain"),
                row.getString("template_name"),
                row.getString("pipeline_name"),
                row.getString("description"),
                row.getString("schedule_cron"),
                ZoneId.of(row.getString("timezone")),
                row.getBoolean("is_active"),
                object(row, "parameters"),
                row.getInt("priority"),
                object(row, "retry_config"),
                strings(row.getArray("notification_emails")),
                java.util.Objects.requireNonNull(instant(row, "next_fire")),
                instant(row, "last_run_time"),
                row.getString("last_run_status"),
                row.getString("created_by"),
                java.util.Objects.requireNonNull(instant(row, "created_at")),
                java.util.Objects.requireNonNull(instant(row, "updated_at")));
    }

    private static Map<String, Object> object(ResultSet row, String column) throws SQLException {
        return Json.object(row.getString(column));
    }

    private static List<String> strings(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
