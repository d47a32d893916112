package dev.convergence.engine.schedule;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.pipeline.SchedulePolicy;
import dev.convergence.engine.slot.SlotOutcome;
import dev.convergence.engine.sql.Json;
import dev.convergence.engine.template.TemplatePath;
import dev.convergence.engine.time.CronExpression;
import java.lang.reflect.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    // Of one instant it has tenant after tenant, so that a batch locks the usage of few.
    private static final String LOCK_DUE =
            """
            SELECT config_id, next_fire, COALESCE(nominal_at, next_fire) AS nominal_at, anchored_at, fired_runs,
                   halted_from, halted_until, halted_as
            FROM schedule
            WHERE is_enabled AND NOT is_suspended AND next_fire <= :now %s
            ORDER BY next_fire, tenant_id LIMIT %d FOR UPDATE SKIP LOCKED
            """;

    private static final String OF_SHARE = "AND (hashtext(tenant_id) & 1) = ";

    private static final String NEXT_DUE =
            """
            SELECT next_fire FROM schedule WHERE is_enabled AND NOT is_suspended
            ORDER BY next_fire LIMIT 1
            """;

    static Optional<Instant> nextDue(Handle handle) {
        return handle.createQuery(NEXT_DUE).mapTo(Instant.class).findOne();
    }

    /// Locks configs that are due and reads them, by tenant; those that another node is at are
    /// passed over.
    static List<DueConfig> lockDue(Handle handle, Instant now, Share share, int batch) {
        String mine = share.isAll() ? "" : OF_SHARE + share.number();
        Map<UUID, Cursor> locked = new LinkedHashMap<>();
        handle.createQuery(LOCK_DUE.formatted(mine, batch))
                .bind("now", now)
                .map((row, _) -> Map.entry(row.getObject(1, UUID.class), cursor(row)))
                .forEach(one -> locked.put(one.getKey(), one.getValue()));
        return locked.isEmpty() ? List.of() : read(handle, locked, now);
    }

    // A statement of its own after the lock's: a change that was committed while the lock was
    // taken is seen whole.
    private static final String READ =
            """
            SELECT config_id, c.tenant_id, provider, domain, template_name, schedule_cron, timezone,
                   parameters, priority, retry_config, schedule_policy,
                   CASE WHEN halt = 'FAILURES' THEN 'Switched off: ' || halt_reason END AS failure,
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

    private static List<DueConfig> read(Handle handle, Map<UUID, Cursor> locked, Instant now) {
        Map<String, CronExpression> crons = new HashMap<>(); // a batch has few, and many configs
        return handle.createQuery(READ)
                .bind("configs", locked.keySet().toArray(UUID[]::new))
                .bind(
                        "nextFires",
                        array(String.class, locked.values(), c -> c.nextFire().toString()))
                .bind("today", LocalDate.ofInstant(now, ZoneOffset.UTC))
                .map((row, _) -> due(row, locked, crons))
                .list();
    }

    private static final String COUNT_DUE =
            """
            SELECT count(*) FROM schedule WHERE is_enabled AND NOT is_suspended AND next_fire <= :now
            """;

    static long countDue(Handle handle, Instant now) {
        return handle.createQuery(COUNT_DUE).bind("now", now).mapTo(long.class).one();
    }

    // Who is switched off here is off from now on, for the ledger.
    private static final String ADVANCE =
            """
            UPDATE schedule
            SET next_fire = n.next_fire, nominal_at = NULLIF(n.nominal_at, n.next_fire),
                fired_runs = fired_runs + n.fired, is_enabled = is_enabled AND NOT n.off,
                halted_from = CASE WHEN n.off THEN :now::timestamptz END, halted_until = NULL,
                halted_as = CASE WHEN n.off THEN 'SKIPPED_DISABLED' END
            FROM unnest(:configs::uuid[], :nextFires::timestamptz[], :nominals::timestamptz[], :fired::integer[],
                        :offs::boolean[])
                AS n (config_id, next_fire, nominal_at, fired, off)
            WHERE schedule.config_id = n.config_id
            """;

    /// Moves the next fire of configs that the caller has locked.
    static void advance(Handle handle, List<Advance> advances, Instant now) {
        handle.createUpdate(ADVANCE)
                .bind("configs", array(UUID.class, advances, one -> one.config().value()))
                .bind("nextFires", array(String.class, advances, one -> one.nextFire().toString()))
                .bind("nominals", array(String.class, advances, one -> one.nominalAt().toString()))
                .bind("fired", array(Integer.class, advances, Advance::fired))
                .bind("offs", array(Boolean.class, advances, Advance::isOff))
                .bind("now", now)
                .execute();
    }

    /// An instant of a config.
    record DueInstant(ConfigId config, Instant dueAt) {}

    // One look into the key for each instant, also on a day of which the planner believes that it
    // is
    // empty, as each is at first. There every index costs the same, and PostgreSQL 18 can skip
    // through the one by tenant to an instant: it would read all that are due then, for each of
    // them. The order makes the key the cheaper one; an equality would not need it.
    private static final String DECIDED =
            """
            SELECT config_id, due_at FROM unnest(:configs::uuid[], :dueAts::timestamptz[]) AS d (config_id, due_at)
            WHERE (SELECT true FROM slot
                   WHERE slot.config_id BETWEEN d.config_id AND d.config_id AND slot.due_at = d.due_at
                   ORDER BY slot.config_id LIMIT 1)
            """;

    /// Those that have their outcome already: a second trigger changes nothing.
    static Set<DueInstant> decided(Handle handle, List<DueInstant> instants) {
        return handle.createQuery(DECIDED)
                .bind("configs", array(UUID.class, instants, one -> one.config().value()))
                .bind("dueAts", array(String.class, instants, one -> one.dueAt().toString()))
                .map((row, _) ->
                        new DueInstant(
                                new ConfigId(row.getObject(1, UUID.class)), instant(row, "due_at")))
                .set();
    }

    @SuppressWarnings("unchecked")
    private static <T, V> V[] array(
            Class<V> type, Collection<T> rows, Function<T, @Nullable V> column) {
        V[] values = (V[]) Array.newInstance(type, rows.size());
        return rows.stream().map(column).toList().toArray(values);
    }

    private static Cursor cursor(ResultSet row) throws SQLException {
        String haltedAs = row.getString("halted_as");
        return new Cursor(
                instant(row, "next_fire"),
                instant(row, "nominal_at"),
                instantOrNull(row, "anchored_at"),
                row.getInt("fired_runs"),
                instantOrNull(row, "halted_from"),
                instantOrNull(row, "halted_until"),
                haltedAs == null ? null : SlotOutcome.valueOf(haltedAs));
    }

    private static DueConfig due(
            ResultSet row, Map<UUID, Cursor> locked, Map<String, CronExpression> crons)
            throws SQLException {
        UUID id = row.getObject("config_id", UUID.class);
        ConfigId config = new ConfigId(id);
        SchedulePolicy policy = SchedulePolicy.of(object(row, "schedule_policy"));
        return new DueConfig(
                config,
                new TenantId(row.getString("tenant_id")),
                new TemplatePath(
                        row.getString("provider"),
                        row.getString("domain"),
                        row.getString("template_name")),
                policy.cadence(
                        crons.computeIfAbsent(
                                row.getString("schedule_cron"), CronExpression::parse),
                        ZoneId.of(row.getString("timezone"))),
                policy,
                policy.spread(config),
                object(row, "parameters"),
                row.getInt("priority"),
                object(row, "retry_config"),
                Objects.requireNonNull(locked.get(id)),
                row.getString("refusal"),
                row.getString("failure"));
    }

    private static Map<String, Object> object(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text.equals("{}") ? Map.of() : Json.object(text);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(instantOrNull(row, column));
    }

    private static @Nullable Instant instantOrNull(ResultSet row, String column)
            throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
