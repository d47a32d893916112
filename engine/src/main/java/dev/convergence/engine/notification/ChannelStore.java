package dev.convergence.engine.notification;

import dev.convergence.engine.credential.Vault.Sealed;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.id.TimeOrderedId;
import dev.convergence.engine.sql.Json;
import dev.convergence.engine.webhook.NoteStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The table `notification_channel`.
final class ChannelStore {

    private ChannelStore() {}

    private static final String COLUMNS =
            """
            channel_id, tenant_id, channel_type, name, settings, max_attempts, is_enabled, is_direct,
            created_at, updated_at
            """;

    private static final String INSERT =
            """
            INSERT INTO notification_channel (channel_id, tenant_id, channel_type, name, settings, secret, key_id,
                max_attempts, is_enabled, created_at, updated_at)
            VALUES (:id, :tenant, :type, :name, :settings::jsonb, :secret, :keyId, :attemptsMax, :enabled, :now, :now)
            ON CONFLICT (tenant_id, name) DO NOTHING
            RETURNING
            """
                    + COLUMNS;

    /// Empty when the tenant has one of that name.
    static Optional<Channel> insert(Handle handle, Channel channel, @Nullable Sealed secret) {
        return handle.createQuery(INSERT)
                .bind("id", channel.id())
                .bind("tenant", channel.tenant().value())
                .bind("type", channel.type().name())
                .bind("name", channel.name())
                .bind("settings", Json.write(channel.settings()))
                .bindByType("secret", secret == null ? null : secret.ciphertext(), byte[].class)
                .bindByType("keyId", secret == null ? null : secret.keyId(), String.class)
                .bind("attemptsMax", channel.attemptsMax())
                .bind("enabled", channel.isEnabled())
                .bind("now", channel.createdAt())
                .map((row, _) -> channel(row))
                .findOne();
    }

    private static final String INSERT_DIRECT =
            """
            INSERT INTO notification_channel (channel_id, tenant_id, channel_type, name, max_attempts, is_enabled,
                is_direct, created_at, updated_at)
            VALUES (:id, :tenant, 'EMAIL', 'direct', 3, true, true, :now, :now)
            ON CONFLICT DO NOTHING
            """;

    private static final String DIRECT =
            "SELECT "
                    + COLUMNS
                    + " FROM notification_channel WHERE tenant_id = :tenant AND is_direct";

    /// The channel for addresses that configs and templates name; made when it is first needed.
    /// Empty when the tenant has another channel of its name.
    static Optional<Channel> direct(Handle handle, TenantId tenant, Instant now) {
        handle.createUpdate(INSERT_DIRECT)
                .bind("id", TimeOrderedId.next(now))
                .bind("tenant", tenant.value())
                .bind("now", now)
                .execute();
        return handle.createQuery(DIRECT)
                .bind("tenant", tenant.value())
                .map((row, _) -> channel(row))
                .findOne();
    }

    private static final String ALONE =
            "SELECT pg_advisory_xact_lock(hashtextextended('notification_channel:' || :tenant, 0))";
    private static final String COUNT =
            "SELECT count(*) FROM notification_channel WHERE tenant_id = :tenant";

    /// How many there are; until the transaction's end nobody else of the tenant may ask.
    static long countAlone(Handle handle, TenantId tenant) {
        handle.createQuery(ALONE).bind("tenant", tenant.value()).mapTo(String.class).list();
        return handle.createQuery(COUNT).bind("tenant", tenant.value()).mapTo(long.class).one();
    }

    private static final String ALL =
            "SELECT "
                    + COLUMNS
                    + " FROM notification_channel WHERE tenant_id = :tenant FOR KEY SHARE";

    /// All of a tenant; none is deleted until the transaction ends.
    static List<Channel> keepAll(Handle handle, TenantId tenant) {
        return handle.createQuery(ALL)
                .bind("tenant", tenant.value())
                .map((row, _) -> channel(row))
                .list();
    }

    private static final String FIND =
            "SELECT "
                    + COLUMNS
                    + " FROM notification_channel WHERE tenant_id = :tenant AND channel_id = :id";

    static Optional<Channel> find(Handle handle, TenantId tenant, UUID id) {
        return found(handle, FIND, tenant, id);
    }

    /// The channel, which nobody changes until the transaction ends.
    static Optional<Channel> lock(Handle handle, TenantId tenant, UUID id) {
        return found(handle, FIND + " FOR UPDATE", tenant, id);
    }

    private static Optional<Channel> found(Handle handle, String sql, TenantId tenant, UUID id) {
        return handle.createQuery(sql)
                .bind("tenant", tenant.value())
                .bind("id", id)
                .map((row, _) -> channel(row))
                .findOne();
    }

    private static final String LIST =
            "SELECT "
                    + COLUMNS
                    + """
                     FROM notification_channel
                    WHERE tenant_id = :tenant AND (CAST(:before AS uuid) IS NULL OR channel_id < :before)
                    ORDER BY channel_id DESC LIMIT :limit
                    """;

    static List<Channel> list(Handle handle, TenantId tenant, @Nullable UUID before, int limit) {
        return handle.createQuery(LIST)
                .bind("tenant", tenant.value())
                .bindByType("before", before, UUID.class)
                .bind("limit", limit)
                .map((row, _) -> channel(row))
                .list();
    }

    private static final String SECRET =
            "SELECT secret, key_id FROM notification_channel WHERE channel_id = :id";

    static @Nullable Sealed secret(Handle handle, UUID id) {
        return handle.createQuery(SECRET)
                .bind("id", id)
                .map((row, _) -> Optional.ofNullable(sealed(row)))
                .one()
                .orElse(null);
    }

    static @Nullable Sealed sealed(ResultSet row) throws SQLException {
        byte[] secret = row.getBytes("secret");
        return secret == null ? null : new Sealed(secret, row.getString("key_id"));
    }

    private static final String UPDATE =
            """
            UPDATE notification_channel
            SET name = :name, settings = :settings::jsonb, secret = coalesce(:secret, secret),
                key_id = coalesce(:keyId, key_id), max_attempts = :attemptsMax, is_enabled = :enabled, updated_at = :now
            WHERE channel_id = :id
            """;

    static void update(Handle handle, Channel channel, @Nullable Sealed secret) {
        handle.createUpdate(UPDATE)
                .bind("id", channel.id())
                .bind("name", channel.name())
                .bind("settings", Json.write(channel.settings()))
                .bindByType("secret", secret == null ? null : secret.ciphertext(), byte[].class)
                .bindByType("keyId", secret == null ? null : secret.keyId(), String.class)
                .bind("attemptsMax", channel.attemptsMax())
                .bind("enabled", channel.isEnabled())
                .bind("now", channel.updatedAt())
                .execute();
    }

    private static final String IS_NAMED =
            """
            SELECT EXISTS (SELECT 1 FROM notification_channel
                           WHERE tenant_id = :tenant AND name = :name AND channel_id <> :id)
            """;

    static boolean isNamed(Handle handle, Channel channel) {
        return handle.createQuery(IS_NAMED)
                .bind("tenant", channel.tenant().value())
                .bind("name", channel.name())
                .bind("id", channel.id())
                .mapTo(boolean.class)
                .one();
    }

    private static final String DELETE =
            "DELETE FROM notification_channel WHERE tenant_id = :tenant AND channel_id = :id";

    static boolean delete(Handle handle, TenantId tenant, UUID id) {
        return handle.createUpdate(DELETE).bind("tenant", tenant.value()).bind("id", id).execute()
                == 1;
    }

    static Channel channel(ResultSet row) throws SQLException {
        Map<String, Object> settings = Json.object(row.getString("settings"));
        return new Channel(
                row.getObject("channel_id", UUID.class),
                new TenantId(row.getString("tenant_id")),
                ChannelType.valueOf(row.getString("channel_type")),
                row.getString("name"),
                settings,
                row.getInt("max_attempts"),
                row.getBoolean("is_enabled"),
                row.getBoolean("is_direct"),
                Objects.requireNonNull(NoteStore.instant(row, "created_at")),
                Objects.requireNonNull(NoteStore.instant(row, "updated_at")));
    }
}
