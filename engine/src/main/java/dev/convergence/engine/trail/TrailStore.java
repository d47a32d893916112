package dev.convergence.engine.trail;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.id.TimeOrderedId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// The table `audit`.
final class TrailStore {

    private TrailStore() {}

    /// Of the one statement it stands in: its commit does not wait for the disk. What is committed
    /// later reaches the disk later, so no write outlives its beginning; see decision 0074.
    private static final String UNHURRIED = "set_config('synchronous_commit', 'off', true) = 'off'";

    private static final String BEGIN =
            """
            INSERT INTO convergence.audit (audit_id, tenant_id, actor, user_id, action, resource, resource_id, method, path,
                               request_id)
            SELECT :id, :tenant, :actor, :user, :action, :resource, :resourceId, :method, :path, :request
            WHERE %s
            """
                    .formatted(UNHURRIED);

    static int begin(Handle handle, Beginning write) {
        TenantId tenant = write.tenant();
        return handle.createUpdate(BEGIN)
                .bind("id", write.id())
                .bindByType("tenant", tenant == null ? null : tenant.value(), String.class)
                .bind("actor", write.actor())
                .bindByType("user", write.userId(), String.class)
                .bind("action", write.action())
                .bind("resource", write.resource())
                .bindByType("resourceId", write.resourceId(), String.class)
                .bind("method", write.method())
                .bind("path", write.path())
                .bind("request", write.requestId())
                .execute();
    }

    private static final String END =
            """
            UPDATE convergence.audit
            SET tenant_id = coalesce(tenant_id, :tenant), resource_id = coalesce(resource_id, :resourceId),
                outcome = :outcome, status = :status, error_code = :code, before = :before::jsonb,
                after = :after::jsonb, ended_at = :at
            WHERE audit_id = :id AND %s
            """
                    .formatted(UNHURRIED);

    static int end(Handle handle, Ending ending) {
        return handle.createUpdate(END)
                .bind("id", ending.id())
                .bindByType("tenant", ending.tenant(), String.class)
                .bindByType("resourceId", ending.resourceId(), String.class)
                .bind("outcome", ending.outcome().name())
                .bind("status", ending.status())
                .bindByType("code", ending.errorCode(), String.class)
                .bindByType("before", ending.before(), String.class)
                .bindByType("after", ending.after(), String.class)
                .bind("at", ending.at())
                .execute();
    }

    private static final String SELECT =
            """
            SELECT audit_id, tenant_id, actor, user_id, action, resource, resource_id, method, path, request_id,
                   outcome, status, error_code, before, after
            FROM convergence.audit WHERE true
            """;

    /// Conditions are constants; what the caller gave is bound. Times become bounds of the id, so
    /// that they choose partitions.
    static List<Entry> list(Handle handle, TrailFilter filter) {
        String sql =
                SELECT
                        + (filter.tenant() == null ? "" : " AND tenant_id = :tenant")
                        + (filter.actor() == null ? "" : " AND actor = :actor")
                        + (filter.action() == null ? "" : " AND action = :action")
                        + (filter.resource() == null ? "" : " AND resource = :resource")
                        + (filter.resourceId() == null ? "" : " AND resource_id = :resourceId")
                        + (filter.from() == null ? "" : " AND audit_id >= :from")
                        + (filter.to() == null ? "" : " AND audit_id < :to")
                        + (filter.before() == null ? "" : " AND audit_id < :before")
                        + " ORDER BY audit_id DESC LIMIT :limit";
        TenantId tenant = filter.tenant();
        Query query = handle.createQuery(sql).bind("limit", filter.limit());
        bind(query, "tenant", tenant == null ? null : tenant.value());
        bind(query, "actor", filter.actor());
        bind(query, "action", filter.action());
        bind(query, "resource", filter.resource());
        bind(query, "resourceId", filter.resourceId());
        bind(query, "from", floor(filter.from()));
        bind(query, "to", floor(filter.to()));
        bind(query, "before", filter.before());
        return query.map((row, _) -> entry(row)).list();
    }

    private static @Nullable UUID floor(@Nullable Instant at) {
        return at == null ? null : TimeOrderedId.floor(at);
    }

    private static void bind(Query query, String name, @Nullable Object value) {
        if (value != null) {
            query.bind(name, value);
        }
    }

    static Optional<Entry> find(Handle handle, UUID id) {
        return handle.createQuery(SELECT + " AND audit_id = :id")
                .bind("id", id)
                .map((row, _) -> entry(row))
                .findOne();
    }

    private static final String SINCE =
            "SELECT created_at FROM convergence.tenant WHERE tenant_id = :tenant";

    static Optional<Instant> since(Handle handle, TenantId tenant) {
        return handle.createQuery(SINCE)
                .bind("tenant", tenant.value())
                .map((row, _) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .findOne();
    }

    static Entry entry(ResultSet row) throws SQLException {
        UUID id = row.getObject("audit_id", UUID.class);
        String outcome = row.getString("outcome");
        return new Entry(
                id,
                row.getString("tenant_id"),
                row.getString("actor"),
                row.getString("user_id"),
                row.getString("action"),
                row.getString("resource"),
                row.getString("resource_id"),
                row.getString("method"),
                row.getString("path"),
                row.getString("request_id"),
                outcome == null ? null : Ending.Outcome.valueOf(outcome),
                row.getObject("status", Integer.class),
                row.getString("error_code"),
                row.getString("before"),
                row.getString("after"),
                TimeOrderedId.madeAt(id));
    }
}
