package dev.convergence.engine.subscription;

import dev.convergence.engine.id.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The table `limit_override`.
final class OverrideStore {

    private static final String SELECT =
            """
            SELECT override_id, tenant_id, daily_limit, monthly_limit, concurrent_limit, reason, created_by,
                   created_at, expires_at, ended_at, ended_by
            FROM limit_override
            """;

    private static final String HOLDING =
            SELECT + " WHERE tenant_id = :tenant AND ended_at IS NULL AND expires_at > :now";

    Optional<LimitOverride> holding(Handle handle, TenantId tenant, Instant now) {
        return handle.createQuery(HOLDING)
                .bind("tenant", tenant.value())
                .bind("now", now)
                .map((row, _) -> override(row))
                .findOne();
    }

    /// The limits that hold now: those of the subscription, unless others hold for a time.
    Limits limits(Handle handle, Subscription subscription, Instant now) {
        return holding(handle, subscription.tenant(), now)
                .map(override -> override.over(subscription.limits()))
                .orElse(subscription.limits());
    }

    private static final String END =
            """
            UPDATE limit_override SET ended_at = :now, ended_by = :by
            WHERE tenant_id = :tenant AND ended_at IS NULL
            """;

    /// @return whether one had not ended yet
    boolean end(Handle handle, TenantId tenant, String by, Instant now) {
        return handle.createUpdate(END)
                        .bind("tenant", tenant.value())
                        .bind("by", by)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    private static final String INSERT =
            """
            INSERT INTO limit_override (override_id, tenant_id, daily_limit, monthly_limit, concurrent_limit,
                reason, created_by, created_at, expires_at)
            VALUES (:id, :tenant, :daily, :monthly, :concurrent, :reason, :createdBy, :createdAt, :expiresAt)
            """;

    void insert(Handle handle, LimitOverride override) {
        handle.createUpdate(INSERT)
                .bind("id", override.id())
                .bind("tenant", override.tenant().value())
                .bind("daily", override.daily())
                .bind("monthly", override.monthly())
                .bind("concurrent", override.concurrent())
                .bind("reason", override.reason())
                .bind("createdBy", override.createdBy())
                .bind("createdAt", override.createdAt())
                .bind("expiresAt", override.expiresAt())
                .execute();
    }

    private static final String LIST =
            SELECT
                    + """
                     WHERE tenant_id = :tenant AND (:before::uuid IS NULL OR override_id < :before)
                     ORDER BY override_id DESC LIMIT :limit
                    """;

    /// Newest first.
    List<LimitOverride> list(Handle handle, TenantId tenant, @Nullable UUID before, int limit) {
        return handle.createQuery(LIST)
                .bind("tenant", tenant.value())
                .bind("before", before)
                .bind("limit", limit)
                .map((row, _) -> override(row))
                .list();
    }

    private static final String EXPIRED =
            "SELECT tenant_id FROM limit_override WHERE ended_at IS NULL AND expires_at <= :now LIMIT 100";

    List<TenantId> expired(Handle handle, Instant now) {
        return handle.createQuery(EXPIRED)
                .bind("now", now)
                .map((row, _) -> new TenantId(row.getString(1)))
                .list();
    }

    private static LimitOverride override(ResultSet row) throws SQLException {
        return new LimitOverride(
                row.getObject("override_id", UUID.class),
                new TenantId(row.getString("tenant_id")),
                row.getObject("daily_limit", Integer.class),
                row.getObject("monthly_limit", Integer.class),
                row.getObject("concurrent_limit", Integer.class),
                row.getString("reason"),
                row.getString("created_by"),
                Objects.requireNonNull(instant(row, "created_at")),
                Objects.requireNonNull(instant(row, "expires_at")),
                instant(row, "ended_at"),
                row.getString("ended_by"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
