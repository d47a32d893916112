package dev.convergence.engine.pipeline;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.slot.SlotOutcome;
import dev.convergence.engine.sql.Json;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
                    notification_emails, created_by, created_at, updated_at, schedule_policy, halt)
                VALUES (:id, :tenant, :provider, :domain, :templateName, :pipelineName,
                    :description, :cron, :zone, :isActive, :parameters::jsonb, :priority, :retry::jsonb,
                    :emails, :createdBy, :createdAt, :updatedAt, :policy::jsonb, :halt)
                RETURNING config_id)
            INSERT INTO schedule (config_id, tenant_id, next_fire, is_enabled, nominal_at, anchored_at,
                halted_from, halted_until, halted_as, is_suspended)
            SELECT config_id, :tenant, :nextFire, :isActive, :nominalAt, :anchoredAt,
                   CASE WHEN is_suspended THEN :createdAt::timestamptz ELSE :haltedFrom::timestamptz END, :haltedUntil,
                   CASE WHEN is_suspended THEN 'SKIPPED_SUSPENDED' ELSE :haltedAs::text END, is_suspended
            FROM config, (SELECT status = 'SUSPENDED' AS is_suspended FROM tenant WHERE tenant_id = :tenant) AS t
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
                    updated_at = :updatedAt, schedule_policy = :policy::jsonb, halt = :halt, halt_reason = :haltReason,
                    failures_in_a_row = :failures
                WHERE config_id = :id AND tenant_id = :tenant
                RETURNING config_id)
            UPDATE schedule
            SET next_fire = :nextFire, is_enabled = :isActive, nominal_at = :nominalAt, anchored_at = :anchoredAt,
                halted_from = :haltedFrom, halted_until = :haltedUntil, halted_as = :haltedAs
            FROM config WHERE schedule.config_id = config.config_id
            """;

    static void update(Handle handle, PipelineConfig config) {
        bind(handle.createUpdate(UPDATE), config).execute();
    }

    private static Update bind(Update update, PipelineConfig config) {
        Timing timing = config.timing();
        return update.bind("id", config.id().value())
                .bind("policy", Json.write(config.policy().given()))
                .bind("halt", config.halt() == null ? null : config.halt().name())
                .bind("haltReason", config.haltReason())
                .bind("failures", config.failuresInARow())
                .bind("nominalAt", timing.nominalAt())
                .bind("anchoredAt", timing.anchoredAt())
                .bind("haltedFrom", timing.haltedFrom())
                .bind("haltedUntil", timing.haltedUntil())
                .bind("haltedAs", timing.haltedAs() == null ? null : timing.haltedAs().name())
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
                   schedule_policy, next_fire, COALESCE(nominal_at, next_fire) AS nominal_at, anchored_at, fired_runs,
                   is_suspended, halted_from, halted_until, halted_as, last_run_time, last_run_status,
                   failures_in_a_row, halt, halt_reason, created_by, created_at, updated_at
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
            DELETE FROM schedule USING config WHERE schedule.config_id = config.config_id
            """;

    static void delete(Handle handle, TenantId tenant, ConfigId id, Instant now) {
        handle.createUpdate(DELETE)
                .bind("id", id.value())
                .bind("tenant", tenant.value())
                .bind("now", now)
                .execute();
    }

    private static final String WITHOUT_SUCCESS =
            """
            SELECT count(*) FROM (
                SELECT 1 FROM pipeline_config
                WHERE failures_in_a_row >= 2 AND is_active AND deleted_at IS NULL LIMIT :max) AS failing
            """;

    static long withoutSuccess(Handle handle, int max) {
        return handle.createQuery(WITHOUT_SUCCESS).bind("max", max).mapTo(long.class).one();
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
                SchedulePolicy.of(object(row, "schedule_policy")),
                timing(row),
                instant(row, "last_run_time"),
                row.getString("last_run_status"),
                row.getInt("failures_in_a_row"),
                row.getString("halt") == null ? null : Halt.valueOf(row.getString("halt")),
                row.getString("halt_reason"),
                row.getString("created_by"),
                Objects.requireNonNull(instant(row, "created_at")),
                Objects.requireNonNull(instant(row, "updated_at")));
    }

    private static Timing timing(ResultSet row) throws SQLException {
        String haltedAs = row.getString("halted_as");
        return new Timing(
                Objects.requireNonNull(instant(row, "next_fire")),
                Objects.requireNonNull(instant(row, "nominal_at")),
                instant(row, "anchored_at"),
                row.getInt("fired_runs"),
                row.getBoolean("is_suspended"),
                instant(row, "halted_from"),
                instant(row, "halted_until"),
                haltedAs == null ? null : SlotOutcome.valueOf(haltedAs));
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
