package dev.convergence.engine.webhook;

import dev.convergence.engine.credential.Vault.Sealed;
import dev.convergence.engine.id.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The table `webhook_endpoint`.
final class EndpointStore {

    private EndpointStore() {}

    private static final String COLUMNS =
            """
            endpoint_id, tenant_id, url, description, events, max_attempts, is_enabled, disabled_reason,
            failing_since, old_secret_until, created_at, updated_at
            """;

    private static final String INSERT =
            """
            INSERT INTO webhook_endpoint (endpoint_id, tenant_id, url, description, events, max_attempts,
                is_enabled, secret, key_id, created_at, updated_at)
            VALUES (:id, :tenant, :url, :description, :events, :attemptsMax, :enabled, :secret, :keyId, :now, :now)
            RETURNING
            """
                    + COLUMNS;

    static Endpoint insert(
            Handle handle,
            UUID id,
            TenantId tenant,
            NewEndpoint.Checked wish,
            Sealed secret,
            Instant now) {
        return handle.createQuery(INSERT)
                .bind("id", id)
                .bind("tenant", tenant.value())
                .bind("url", wish.url())
                .bind("description", wish.description())
                .bind("events", wish.events().words().toArray(String[]::new))
                .bind("attemptsMax", wish.attemptsMax())
                .bind("enabled", wish.isEnabled())
                .bind("secret", secret.ciphertext())
                .bind("keyId", secret.keyId())
                .bind("now", now)
                .map((row, _) -> endpoint(row))
                .one();
    }

    private static final String LOCK_COUNT =
            "SELECT pg_advisory_xact_lock(hashtextextended('webhook_endpoint:' || :tenant, 0))";
    private static final String COUNT =
            "SELECT count(*) FROM webhook_endpoint WHERE tenant_id = :tenant";

    /// How many there are; until the transaction's end nobody else of the tenant may ask.
    static long countAlone(Handle handle, TenantId tenant) {
        handle.createQuery(LOCK_COUNT).bind("tenant", tenant.value()).mapTo(String.class).list();
        return handle.createQuery(COUNT).bind("tenant", tenant.value()).mapTo(long.class).one();
    }

    private static final String FIND =
            "SELECT "
                    + COLUMNS
                    + " FROM webhook_endpoint WHERE tenant_id = :tenant AND endpoint_id = :id";

    static Optional<Endpoint> find(Handle handle, TenantId tenant, UUID id) {
        return find(handle, FIND, tenant, id);
    }

    /// The endpoint, which is not deleted until the transaction ends.
    static Optional<Endpoint> keep(Handle handle, TenantId tenant, UUID id) {
        return find(handle, FIND + " FOR KEY SHARE", tenant, id);
    }

    private static Optional<Endpoint> find(Handle handle, String sql, TenantId tenant, UUID id) {
        return handle.createQuery(sql)
                .bind("tenant", tenant.value())
                .bind("id", id)
                .map((row, _) -> endpoint(row))
                .findOne();
    }

    private static final String ENABLED =
            "SELECT "
                    + COLUMNS
                    + " FROM webhook_endpoint WHERE tenant_id = :tenant AND is_enabled FOR KEY SHARE";

    /// Those that hear of what happens now; none is deleted until the transaction ends.
    static List<Endpoint> keepEnabled(Handle handle, TenantId tenant) {
        return handle.createQuery(ENABLED)
                .bind("tenant", tenant.value())
                .map((row, _) -> endpoint(row))
                .list();
    }

    private static final String LIST =
            "SELECT "
                    + COLUMNS
                    + """
                     FROM webhook_endpoint
                    WHERE tenant_id = :tenant AND (CAST(:before AS uuid) IS NULL OR endpoint_id < :before)
                    ORDER BY endpoint_id DESC LIMIT :limit
                    """;

    static List<Endpoint> list(Handle handle, TenantId tenant, @Nullable UUID before, int limit) {
        return handle.createQuery(LIST)
                .bind("tenant", tenant.value())
                .bindByType("before", before, UUID.class)
                .bind("limit", limit)
                .map((row, _) -> endpoint(row))
                .list();
    }

    private static final String UPDATE =
            """
            UPDATE webhook_endpoint
            SET url = coalesce(:url, url), description = coalesce(:description, description),
                events = coalesce(:events, events), max_attempts = coalesce(:attemptsMax, max_attempts),
                is_enabled = coalesce(:enabled, is_enabled),
                disabled_reason = CASE WHEN :enabled IS NULL THEN disabled_reason END,
                failing_since = CASE WHEN :enabled IS NULL AND :url IS NULL THEN failing_since END, updated_at = :now
            WHERE tenant_id = :tenant AND endpoint_id = :id
            RETURNING
            """
                    + COLUMNS;

    static Optional<Endpoint> update(
            Handle handle, TenantId tenant, UUID id, EndpointUpdate.Checked wish, Instant now) {
        EventFilter events = wish.events();
        return handle.createQuery(UPDATE)
                .bind("tenant", tenant.value())
                .bind("id", id)
                .bind("url", wish.url())
                .bind("description", wish.description())
                .bindByType(
                        "events",
                        events == null ? null : events.words().toArray(String[]::new),
                        String[].class)
                .bindByType("attemptsMax", wish.attemptsMax(), Integer.class)
                .bindByType("enabled", wish.isEnabled(), Boolean.class)
                .bind("now", now)
                .map((row, _) -> endpoint(row))
                .findOne();
    }

    private static final String DISABLE =
            """
            UPDATE webhook_endpoint SET is_enabled = false, disabled_reason = :reason, updated_at = :now
            WHERE endpoint_id = :id AND is_enabled
            """;

    /// @return whether it was on
    static boolean disable(Handle handle, UUID id, String reason, Instant now) {
        return handle.createUpdate(DISABLE)
                        .bind("id", id)
                        .bind("reason", reason)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    private static final String REACHED =
            """
            UPDATE webhook_endpoint SET failing_since = NULL
            WHERE endpoint_id = :id AND failing_since IS NOT NULL
            """;

    static void reached(Handle handle, UUID id) {
        handle.createUpdate(REACHED).bind("id", id).execute();
    }

    private static final String MISSED =
            "UPDATE webhook_endpoint SET failing_since = :now WHERE endpoint_id = :id AND failing_since IS NULL";

    private static final String FAILING_SINCE =
            "SELECT failing_since FROM webhook_endpoint WHERE endpoint_id = :id";

    /// Notes that an attempt failed.
    ///
    /// @return since when all do; now when the endpoint is gone
    static Instant missed(Handle handle, UUID id, Instant now) {
        handle.createUpdate(MISSED).bind("id", id).bind("now", now).execute();
        return handle.createQuery(FAILING_SINCE)
                .bind("id", id)
                .mapTo(Instant.class)
                .findOne()
                .orElse(now);
    }

    private static final String ROTATE =
            """
            UPDATE webhook_endpoint
            SET old_secret = CASE WHEN :until::timestamptz > :now THEN secret END,
                old_key_id = CASE WHEN :until::timestamptz > :now THEN key_id END,
                old_secret_until = CASE WHEN :until::timestamptz > :now THEN :until::timestamptz END,
                secret = :secret, key_id = :keyId, updated_at = :now
            WHERE tenant_id = :tenant AND endpoint_id = :id
            RETURNING
            """
                    + COLUMNS;

    /// @param until how long the present secret stays good; now for no longer
    static Optional<Endpoint> rotate(
            Handle handle, TenantId tenant, UUID id, Sealed secret, Instant until, Instant now) {
        return handle.createQuery(ROTATE)
                .bind("tenant", tenant.value())
                .bind("id", id)
                .bind("secret", secret.ciphertext())
                .bind("keyId", secret.keyId())
                .bind("until", until)
                .bind("now", now)
                .map((row, _) -> endpoint(row))
                .findOne();
    }

    private static final String DELETE =
            "DELETE FROM webhook_endpoint WHERE tenant_id = :tenant AND endpoint_id = :id";

    static boolean delete(Handle handle, TenantId tenant, UUID id) {
        return handle.createUpdate(DELETE).bind("tenant", tenant.value()).bind("id", id).execute()
                == 1;
    }

    private static Endpoint endpoint(ResultSet row) throws SQLException {
        return new Endpoint(
                row.getObject("endpoint_id", UUID.class),
                new TenantId(row.getString("tenant_id")),
                row.getString("url"),
                row.getString("description"),
                new EventFilter(List.of((String[]) row.getArray("events").getArray())),
                row.getInt("max_attempts"),
                row.getBoolean("is_enabled"),
                row.getString("disabled_reason"),
                HappeningStore.instant(row, "failing_since"),
                HappeningStore.instant(row, "old_secret_until"),
                Objects.requireNonNull(HappeningStore.instant(row, "created_at")),
                Objects.requireNonNull(HappeningStore.instant(row, "updated_at")));
    }
}
