package dev.convergence.engine.schedule;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Json;
import dev.convergence.engine.template.TemplatePath;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The tables `schedule` and `slot`: what is due, and what became of it.
final class ScheduleStore {

    private ScheduleStore() {}

    // Cost follows what is due: the index holds enabled schedules in the order of their next fire.
    private static final String LOCK_DUE =
            """
            WITH due AS MATERIALIZED (
                SELECT config_id, next_fire FROM schedule
                WHERE is_enabled AND NOT is_suspended AND next_fire <= :now
                ORDER BY next_fire LIMIT %d FOR UPDATE SKIP LOCKED)
            SELECT config_id, c.tenant_id, provider, domain, template_name, schedule_cron, timezone,
                   parameters, priority, retry_config, next_fire,
                   CASE WHEN t.status NOT IN ('ACTIVE', 'TRIAL') THEN 'The tenant is ' || t.status || '.'
                        WHEN s.status NOT IN ('ACTIVE', 'TRIAL') THEN 'The subscription is ' || s.status || '.'
                        WHEN s.trial_end_date < :today THEN 'The trial has ended.'
                        WHEN s.subscription_end_date < :today THEN 'The subscription has ended.'
                   END AS refusal
            FROM due JOIN pipeline_config c USING (config_id)
            JOIN subscription s ON s.tenant_id = c.tenant_id JOIN tenant t ON t.tenant_id = c.tenant_id
            ORDER BY c.tenant_id, next_fire, priority DESC, config_id
            """;

    /// Locks configs that are due, by tenant; those that another node is at are passed over.
    static List<DueConfig> lockDue(Handle handle, Instant now, int batch) {
        return handle.createQuery(LOCK_DUE.formatted(batch))
                .bind("now", now)
                .bind("today", LocalDate.ofInstant(now, ZoneOffset.UTC))
                .map((row, _) -> due(row))
                .list();
    }

    private static final String COUNT_DUE =
            """
            SELECT count(*) FROM schedule WHERE is_enabled AND NOT is_suspended AND next_fire <= :now
            """;

    static long countDue(Handle handle, Instant now) {
        return handle.createQuery(COUNT_DUE).bind("now", now).mapTo(long.class).one();
    }

    private static final String ADVANCE =
            "UPDATE schedule SET next_fire = :nextFire WHERE config_id = :config";

    static void advance(Handle handle, ConfigId config, Instant nextFire) {
        handle.createUpdate(ADVANCE)
                .bind("config", config.value())
                .bind("nextFire", nextFire)
                .execute();
    }

    private static final String DECIDED =
            """
            SELECT EXISTS (SELECT 1 FROM slot WHERE config_id = :config AND due_at = :dueAt)
            """;

    /// Whether the instant has its outcome already: a second trigger changes nothing.
    static boolean isDecided(Handle handle, DueConfig config) {
        return handle.createQuery(DECIDED)
                .bind("config", config.id().value())
                .bind("dueAt", config.dueAt())
                .mapTo(boolean.class)
                .one();
    }

    private static final String DECIDE =
            """
            INSERT INTO slot (tenant_id, config_id, due_at, outcome, job_id, reason, decided_at)
            VALUES (:tenant, :config, :dueAt, :outcome, :job, :reason, :now)
            """;

    static void decide(
            Handle handle,
            DueConfig config,
            SlotOutcome outcome,
            JobId job,
            @Nullable String reason,
            Instant now) {
        handle.createUpdate(DECIDE)
                .bind("tenant", config.tenant().value())
                .bind("config", config.id().value())
                .bind("dueAt", config.dueAt())
                .bind("outcome", outcome.name())
                .bind("job", job.value())
                .bind("reason", reason)
                .bind("now", now)
                .execute();
    }

    private static DueConfig due(ResultSet row) throws SQLException {
        return new DueConfig(
                new ConfigId(row.getObject("config_id", UUID.class)),
                new TenantId(row.getString("tenant_id")),
                new TemplatePath(
                        row.getString("provider"),
                        row.getString("domain"),
                        row.getString("template_name")),
                row.getString("schedule_cron"),
                ZoneId.of(row.getString("timezone")),
                Json.object(row.getString("parameters")),
                row.getInt("priority"),
                Json.object(row.getString("retry_config")),
                row.getObject("next_fire", OffsetDateTime.class).toInstant(),
                row.getString("refusal"));
    }
}
