package dev.convergence.engine.tenant;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.subscription.SubscriptionStatus;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.generic.GenericType;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

/// The SQL of API keys.
final class ApiKeyStore {

    private static final GenericType<List<String>> TEXTS = new GenericType<>() {};

    record Known(AuthenticatedKey key, @Nullable Instant expiresAt) {}

    private static final String FIND_ACTIVE =
            """
            SELECT k.api_key_id, k.tenant_id, k.scopes, k.expires_at, t.status AS tenant_status,
                   s.status AS subscription_status, s.trial_end_date, s.subscription_end_date
            FROM api_key k JOIN tenant t USING (tenant_id) JOIN subscription s USING (tenant_id)
            WHERE k.key_hash = :hash AND k.is_active
            """;

    Optional<Known> findActive(Handle handle, String hash) {
        return handle.createQuery(FIND_ACTIVE).bind("hash", hash).map(ApiKeyStore::known).findOne();
    }

    private static final String INSERT =
            """
            INSERT INTO api_key (api_key_id, tenant_id, key_name, key_hash, scopes, expires_at,
                created_at, created_by)
            VALUES (:id, :tenant, :name, :hash, :scopes, :expires, :created, :by)
            """;

    void insert(Handle handle, ApiKey key, String hash, String by) {
        handle.createUpdate(INSERT)
                .bind("id", key.id())
                .bind("tenant", key.tenant().value())
                .bind("name", key.name())
                .bind("hash", hash)
                .bindArray("scopes", String.class, key.scopes())
                .bind("expires", key.expiresAt())
                .bind("created", key.createdAt())
                .bind("by", by)
                .execute();
    }

    private static final String ANY =
            """
            SELECT api_key_id, tenant_id, key_name, scopes, is_active, expires_at, created_at,
                   last_used_at, deactivated_at
            FROM api_key
            """;
    private static final String COLUMNS = ANY + " WHERE tenant_id = :tenant\n";

    /// Revoked ones, too.
    Optional<ApiKey> findByHash(Handle handle, String hash) {
        return handle.createQuery(ANY + " WHERE key_hash = :hash")
                .bind("hash", hash)
                .map(ApiKeyStore::key)
                .findOne();
    }

    /// Ids are ordered by time, so the id alone is the place in the list.
    private static final String LIST =
            COLUMNS
                    + """
                    AND (CAST(:after AS uuid) IS NULL OR api_key_id < :after)
                    ORDER BY api_key_id DESC LIMIT :limit
                    """;

    List<ApiKey> list(Handle handle, TenantId tenant, int limit, @Nullable UUID after) {
        return handle.createQuery(LIST)
                .bind("tenant", tenant.value())
                .bindByType("after", after, UUID.class)
                .bind("limit", limit)
                .map(ApiKeyStore::key)
                .list();
    }

    Optional<ApiKey> lock(Handle handle, TenantId tenant, UUID id) {
        return handle.createQuery(COLUMNS + " AND api_key_id = :id FOR UPDATE")
                .bind("tenant", tenant.value())
                .bind("id", id)
                .map(ApiKeyStore::key)
                .findOne();
    }

    private static final String DEACTIVATE =
            """
            UPDATE api_key
            SET is_active = false, deactivated_at = :now, deactivated_by = :by,
                deactivation_reason = :reason
            WHERE tenant_id = :tenant AND is_active
              AND (CAST(:id AS uuid) IS NULL OR api_key_id = :id)
            """;

    void deactivate(
            Handle handle,
            TenantId tenant,
            @Nullable UUID id,
            String by,
            @Nullable String reason,
            Instant now) {
        handle.createUpdate(DEACTIVATE)
                .bind("tenant", tenant.value())
                .bindByType("id", id, UUID.class)
                .bind("by", by)
                .bind("reason", reason)
                .bind("now", now)
                .execute();
    }

    void deactivateAll(
            Handle handle, TenantId tenant, String by, @Nullable String reason, Instant now) {
        deactivate(handle, tenant, null, by, reason, now);
    }

    private static final String LOCK_TENANT =
            "SELECT 1 FROM tenant WHERE tenant_id = :tenant FOR NO KEY UPDATE";

    private static final String COUNT_ACTIVE =
            "SELECT count(*) FROM api_key WHERE tenant_id = :tenant AND is_active";

    /// Two statements: the count must see what the one who held the lock before has written.
    long lockAndCountActive(Handle handle, TenantId tenant) {
        handle.createQuery(LOCK_TENANT).bind("tenant", tenant.value()).mapTo(Integer.class).one();
        return handle.createQuery(COUNT_ACTIVE)
                .bind("tenant", tenant.value())
                .mapTo(Long.class)
                .one();
    }

    /// Skips rows that another node writes at this moment: it knows as well when they were used.
    private static final String MARK_USED =
            """
            WITH used AS (
                SELECT k.api_key_id, u.used_at
                FROM api_key k JOIN unnest(:keys, CAST(:times AS timestamptz[])) AS u (api_key_id, used_at)
                     USING (api_key_id)
                FOR NO KEY UPDATE OF k SKIP LOCKED)
            UPDATE api_key k SET last_used_at = greatest(k.last_used_at, used.used_at)
            FROM used WHERE k.api_key_id = used.api_key_id
            """;

    int markUsed(Handle handle, List<UUID> keys, List<Instant> times) {
        List<String> stamps = times.stream().map(Instant::toString).toList();
        return handle.createUpdate(MARK_USED)
                .bindArray("keys", UUID.class, keys)
                .bindArray("times", String.class, stamps)
                .execute();
    }

    private static Known known(RowView row) {
        TenantStanding standing =
                new TenantStanding(
                        row.getColumn("tenant_status", TenantStatus.class),
                        row.getColumn("subscription_status", SubscriptionStatus.class),
                        row.getColumn("trial_end_date", LocalDate.class),
                        row.getColumn("subscription_end_date", LocalDate.class));
        AuthenticatedKey key =
                new AuthenticatedKey(
                        new TenantId(row.getColumn("tenant_id", String.class)),
                        row.getColumn("api_key_id", UUID.class),
                        Set.copyOf(row.getColumn("scopes", TEXTS)),
                        standing);
        return new Known(key, row.getColumn("expires_at", Instant.class));
    }

    private static ApiKey key(RowView row) {
        return new ApiKey(
                row.getColumn("api_key_id", UUID.class),
                new TenantId(row.getColumn("tenant_id", String.class)),
                row.getColumn("key_name", String.class),
                row.getColumn("scopes", TEXTS),
                row.getColumn("is_active", Boolean.class),
                row.getColumn("expires_at", Instant.class),
                row.getColumn("created_at", Instant.class),
                row.getColumn("last_used_at", Instant.class),
                row.getColumn("deactivated_at", Instant.class));
    }
}
