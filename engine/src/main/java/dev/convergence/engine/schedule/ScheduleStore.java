package dev.convergence.engine.schedule;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.schedule.Triggered.Decision;
import dev.convergence.engine.sql.Json;
import dev.convergence.engine.template.TemplatePath;
import java.lang.reflect.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The tables `schedule` and `slot`: what is due, and what became of it.
final class ScheduleStore {

    private ScheduleStore() {}

    // The first entry of the index, however many configs there are.
    private static final String IS_ANY_DUE =
            """
            SELECT EXISTS (SELECT 1 FROM (
                SELECT next_fire FROM schedule WHERE is_enabled AND NOT is_suspended
                ORDER BY next_fire LIMIT 1) AS first
            WHERE next_fire <= :now)
            """;

    /// The whole of an idle look.
    static boolean isAnyDue(Handle handle, Instant now) {
        return handle.createQuery(IS_ANY_DUE).bind("now", now).mapTo(boolean.class).one();
    }

    // Cost follows what is due: the index holds enabled schedules in the order of their next fire.
    private static final String LOCK_DUE =
            """
            SELECT config_id, next_fire FROM schedule
            WHERE is_enabled AND NOT is_suspended AND next_fire <= :now
            ORDER BY next_fire LIMIT %d FOR UPDATE SKIP LOCKED
            """;

    private static final String NEXT_DUE =
            """
            SELECT next_fire FROM schedule WHERE is_enabled AND NOT is_suspended
            ORDER BY next_fire LIMIT 1
            """;

    static Optional<Instant> nextDue(Handle handle) {
        return handle.createQuery(NEXT_DUE).mapTo(Instant.class).findOne();
    }

    private record Locked(UUID config, String nextFire) {}

    /// Locks configs that are due and reads them, by tenant; those that another node is at are
    /// passed over.
    static List<DueConfig> lockDue(Handle handle, Instant now, int batch) {
        List<Locked> locked =
                handle.createQuery(LOCK_DUE.formatted(batch))
                        .bind("now", now)
                        .map((row, _) -> new Locked(row.getObject(1, UUID.class), row.getString(2)))
                        .list();
        return locked.isEmpty() ? List.of() : read(handle, locked, now);
    }

    // A statement of its own after the lock's: a change that was committed while the lock was
    // taken is seen whole.
    private static final String READ =
            """
            SELECT config_id, c.tenant_id, provider, domain, template_name, schedule_cron, timezone,
                   parameters, priority, retry_config, next_fire,
                   CASE WHEN t.status NOT IN ('ACTIVE', 'TRIAL') THEN 'The tenant is ' || t.status || '.'
                        WHEN s.status NOT IN ('ACTIVE', 'TRIAL') THEN 'The subscription is ' || s.status || '.'
                        WHEN s.trial_end_date < :today THEN 'The trial has ended.'
                        WHEN s.subscription_end_date < :today THEN 'The subscription has ended.'
                   END AS refusal
            FROM unnest(:configs::uuid[], :nextFires::timestamptz[]) AS due (config_id, next_fire)
            JOIN pipeline_config c USING (config_id)
            JOIN subscription s ON s.tenant_id = c.tenant_id JOIN tenant t ON t.tenant_id = c.tenant_id
            ORDER BY c.tenant_id, next_fire, priority DESC, config_id
            """;

    private static List<DueConfig> read(Handle handle, List<Locked> locked, Instant now) {
        return handle.createQuery(READ)
                .bind("configs", array(UUID.class, locked, Locked::config))
                .bind("nextFires", array(String.class, locked, Locked::nextFire))
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
            """
            UPDATE schedule SET next_fire = n.next_fire
            FROM unnest(:configs::uuid[], :nextFires::timestamptz[]) AS n (config_id, next_fire)
            WHERE schedule.config_id = n.config_id
            """;

    /// Moves the next fire of configs that the caller has locked.
    static void advance(Handle handle, Map<ConfigId, Instant> nextFires) {
        handle.createUpdate(ADVANCE)
                .bind("configs", array(UUID.class, nextFires.keySet(), ConfigId::value))
                .bind("nextFires", array(String.class, nextFires.values(), Instant::toString))
                .execute();
    }

    // One look into the index for each instant, whatever the planner thinks of the table's size.
    private static final String DECIDED =
            """
            SELECT config_id FROM unnest(:configs::uuid[], :dueAts::timestamptz[]) AS d (config_id, due_at)
            WHERE (SELECT true FROM slot WHERE slot.config_id = d.config_id AND slot.due_at = d.due_at)
            """;

    /// The configs whose instant has its outcome already: a second trigger changes nothing.
    static Set<ConfigId> decided(Handle handle, List<DueConfig> due) {
        return handle.createQuery(DECIDED)
                .bind("configs", array(UUID.class, due, config -> config.id().value()))
                .bind("dueAts", array(String.class, due, config -> config.dueAt().toString()))
                .map((row, _) -> new ConfigId(row.getObject(1, UUID.class)))
                .set();
    }

    private static final String DECIDE =
            """
            INSERT INTO slot (tenant_id, config_id, due_at, outcome, job_id, reason, decided_at)
            SELECT tenant_id, config_id, due_at, outcome, job_id, reason, :now
            FROM unnest(:tenants::text[], :configs::uuid[], :dueAts::timestamptz[], :outcomes::text[],
                        :jobs::uuid[], :reasons::text[])
                AS d (tenant_id, config_id, due_at, outcome, job_id, reason)
            """;

    static void decide(Handle handle, List<Decision> decisions, Instant now) {
        if (decisions.isEmpty()) {
            return;
        }
        handle.createUpdate(DECIDE)
                .bind("tenants", array(String.class, decisions, d -> d.tenant().value()))
                .bind("configs", array(UUID.class, decisions, d -> d.config().value()))
                .bind("dueAts", array(String.class, decisions, d -> d.dueAt().toString()))
                .bind("outcomes", array(String.class, decisions, d -> d.outcome().name()))
                .bind("jobs", array(UUID.class, decisions, d -> d.job().value()))
                .bind("reasons", array(String.class, decisions, Decision::reason))
                .bind("now", now)
                .execute();
    }

    @SuppressWarnings("unchecked")
    private static <T, V> V[] array(
            Class<V> type, Collection<T> rows, Function<T, @Nullable V> column) {
        V[] values = (V[]) Array.newInstance(type, rows.size());
        return rows.stream().map(column).toList().toArray(values);
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
