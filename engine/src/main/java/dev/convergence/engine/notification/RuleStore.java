package dev.convergence.engine.notification;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.webhook.NoteStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// The table `notification_rule`.
final class RuleStore {

    private RuleStore() {}

    private static final String COLUMNS =
            """
            rule_id, tenant_id, name, events, channel_ids, providers, pipeline_id, severity, cooldown_seconds,
            is_final_only, late_seconds, days_before, is_enabled, created_at, updated_at
            """;

    private static final String INSERT =
            """
            INSERT INTO notification_rule (rule_id, tenant_id, name, events, channel_ids, providers, pipeline_id,
                severity, cooldown_seconds, is_final_only, late_seconds, days_before, run_states, is_enabled,
                created_at, updated_at)
            VALUES (:id, :tenant, :name, :events, :channels, :providers, :pipeline, :severity, :cooldown, :final,
                :late, :days, :states, :enabled, :now, :now)
            """;

    static void insert(Handle handle, Rule rule) {
        bound(handle.createUpdate(INSERT), rule).execute();
    }

    private static final String UPDATE =
            """
            UPDATE notification_rule
            SET name = :name, events = :events, channel_ids = :channels, providers = :providers,
                pipeline_id = :pipeline, severity = :severity, cooldown_seconds = :cooldown, is_final_only = :final,
                late_seconds = :late, days_before = :days, run_states = :states, is_enabled = :enabled,
                updated_at = :now
            WHERE rule_id = :id AND tenant_id = :tenant
            """;

    static void update(Handle handle, Rule rule) {
        bound(handle.createUpdate(UPDATE), rule).execute();
    }

    private static <S extends SqlStatement<S>> S bound(S statement, Rule rule) {
        return statement
                .bind("id", rule.id())
                .bind("tenant", rule.tenant().value())
                .bind("name", rule.name())
                .bind("events", words(rule))
                .bind("channels", rule.channels().toArray(UUID[]::new))
                .bind("providers", rule.providers().toArray(String[]::new))
                .bindByType("pipeline", rule.pipelineId(), String.class)
                .bindByType("severity", severity(rule), String.class)
                .bindByType("cooldown", rule.cooldownSeconds(), Integer.class)
                .bind("final", rule.isFinalOnly())
                .bind("late", rule.lateSeconds())
                .bind("days", rule.daysBefore())
                .bind("states", states(rule))
                .bind("enabled", rule.isEnabled())
                .bind("now", rule.updatedAt());
    }

    private static String[] words(Rule rule) {
        return new TreeSet<>(rule.events()).stream().map(NoticeEvent::word).toArray(String[]::new);
    }

    private static @Nullable String severity(Rule rule) {
        return rule.severity() == null ? null : rule.severity().name();
    }

    private static String[] states(Rule rule) {
        return rule.events().stream()
                .flatMap(event -> event.runStates().stream())
                .distinct()
                .sorted()
                .toArray(String[]::new);
    }

    private static final String FIND =
            "SELECT "
                    + COLUMNS
                    + " FROM notification_rule WHERE tenant_id = :tenant AND rule_id = :id";

    static Optional<Rule> find(Handle handle, TenantId tenant, UUID id) {
        return found(handle, FIND, tenant, id);
    }

    static Optional<Rule> lock(Handle handle, TenantId tenant, UUID id) {
        return found(handle, FIND + " FOR UPDATE", tenant, id);
    }

    private static Optional<Rule> found(Handle handle, String sql, TenantId tenant, UUID id) {
        return handle.createQuery(sql)
                .bind("tenant", tenant.value())
                .bind("id", id)
                .map((row, _) -> rule(row))
                .findOne();
    }

    private static final String ENABLED =
            "SELECT "
                    + COLUMNS
                    + " FROM notification_rule WHERE tenant_id = :tenant AND is_enabled ORDER BY rule_id";

    static List<Rule> enabled(Handle handle, TenantId tenant) {
        return handle.createQuery(ENABLED)
                .bind("tenant", tenant.value())
                .map((row, _) -> rule(row))
                .list();
    }

    private static final String LIST =
            "SELECT "
                    + COLUMNS
                    + """
                     FROM notification_rule
                    WHERE tenant_id = :tenant AND (CAST(:before AS uuid) IS NULL OR rule_id < :before)
                    ORDER BY rule_id DESC LIMIT :limit
                    """;

    static List<Rule> list(Handle handle, TenantId tenant, @Nullable UUID before, int limit) {
        return handle.createQuery(LIST)
                .bind("tenant", tenant.value())
                .bindByType("before", before, UUID.class)
                .bind("limit", limit)
                .map((row, _) -> rule(row))
                .list();
    }

    private static final String ALONE =
            "SELECT pg_advisory_xact_lock(hashtextextended('notification_rule:' || :tenant, 0))";
    private static final String NAMES =
            "SELECT rule_id, name FROM notification_rule WHERE tenant_id = :tenant";

    /// The names of a tenant's rules but one; until the transaction's end nobody else of the tenant
    /// may ask.
    static List<String> namesAlone(Handle handle, TenantId tenant, UUID except) {
        handle.createQuery(ALONE).bind("tenant", tenant.value()).mapTo(String.class).list();
        return handle.createQuery(NAMES + " AND rule_id <> :except")
                .bind("tenant", tenant.value())
                .bind("except", except)
                .map((row, _) -> row.getString("name"))
                .list();
    }

    private static final String KNOWN_CHANNELS =
            """
            SELECT channel_id FROM notification_channel
            WHERE tenant_id = :tenant AND channel_id = ANY(:ids) FOR KEY SHARE
            """;

    /// Those of the channels that are the tenant's; none is deleted until the transaction ends.
    static List<UUID> keepChannels(Handle handle, TenantId tenant, Collection<UUID> ids) {
        return handle.createQuery(KNOWN_CHANNELS)
                .bind("tenant", tenant.value())
                .bind("ids", ids.toArray(UUID[]::new))
                .mapTo(UUID.class)
                .list();
    }

    private static final String WITHOUT =
            """
            UPDATE notification_rule SET channel_ids = array_remove(channel_ids, :channel)
            WHERE tenant_id = :tenant AND :channel = ANY(channel_ids)
            """;

    static void withoutChannel(Handle handle, TenantId tenant, UUID channel) {
        handle.createUpdate(WITHOUT)
                .bind("tenant", tenant.value())
                .bind("channel", channel)
                .execute();
    }

    private static final String DELETE =
            "DELETE FROM notification_rule WHERE tenant_id = :tenant AND rule_id = :id";

    static boolean delete(Handle handle, TenantId tenant, UUID id) {
        return handle.createUpdate(DELETE).bind("tenant", tenant.value()).bind("id", id).execute()
                == 1;
    }

    private static Rule rule(ResultSet row) throws SQLException {
        String severity = row.getString("severity");
        return new Rule(
                row.getObject("rule_id", UUID.class),
                new TenantId(row.getString("tenant_id")),
                row.getString("name"),
                Arrays.stream(texts(row, "events"))
                        .flatMap(word -> NoticeEvent.of(word).stream())
                        .collect(Collectors.toSet()),
                List.of((UUID[]) row.getArray("channel_ids").getArray()),
                List.of(texts(row, "providers")),
                row.getString("pipeline_id"),
                severity == null ? null : Severity.valueOf(severity),
                row.getObject("cooldown_seconds", Integer.class),
                row.getBoolean("is_final_only"),
                row.getInt("late_seconds"),
                row.getInt("days_before"),
                row.getBoolean("is_enabled"),
                Objects.requireNonNull(NoteStore.instant(row, "created_at")),
                Objects.requireNonNull(NoteStore.instant(row, "updated_at")));
    }

    private static String[] texts(ResultSet row, String column) throws SQLException {
        return (String[]) row.getArray(column).getArray();
    }
}
