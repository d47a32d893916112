package dev.convergence.engine.webhook;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// The table `webhook_delivery`, but for what senders do with it.
final class DeliveryStore {

    private DeliveryStore() {}

    // Again and again the same fact makes one delivery.
    private static final String INSERT =
            """
            INSERT INTO webhook_delivery (delivery_id, tenant_id, endpoint_id, event, job_id, group_id, payload,
                state, max_attempts, next_attempt_at, created_at)
            VALUES (:id, :tenant, :endpoint, :event, :job, :group, :payload, 'PENDING', :attemptsMax, :now, :now)
            ON CONFLICT DO NOTHING
            """;

    static void insert(Handle handle, List<NewDelivery> deliveries, Instant now) {
        if (deliveries.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(INSERT);
        for (NewDelivery delivery : deliveries) {
            JobId job = delivery.job();
            batch.bind("id", delivery.id())
                    .bind("tenant", delivery.endpoint().tenant().value())
                    .bind("endpoint", delivery.endpoint().id())
                    .bind("event", delivery.event().word())
                    .bindByType("job", job == null ? null : job.value(), UUID.class)
                    .bindByType("group", delivery.group(), UUID.class)
                    .bind("payload", delivery.payload())
                    .bind("attemptsMax", delivery.endpoint().attemptsMax())
                    .bind("now", now)
                    .add();
        }
        batch.execute();
    }

    private static final String SELECT =
            """
            SELECT d.delivery_id, d.tenant_id, d.endpoint_id, e.url, d.event, d.job_id, d.group_id, d.state,
                   d.attempt_count, d.max_attempts, d.next_attempt_at, d.last_http_status, d.last_error,
                   d.created_at, d.delivered_at
            FROM webhook_delivery AS d
            LEFT JOIN webhook_endpoint AS e ON e.endpoint_id = d.endpoint_id AND e.tenant_id = d.tenant_id
            WHERE d.tenant_id = :tenant
            """;

    private static final String FIND = SELECT + " AND d.delivery_id = :id";

    static Optional<Delivery> find(Handle handle, TenantId tenant, UUID id) {
        return handle.createQuery(FIND)
                .bind("tenant", tenant.value())
                .bind("id", id)
                .map((row, _) -> delivery(row))
                .findOne();
    }

    /// Conditions are constants; what the caller gave is bound. Each has an index of its own that
    /// ends in the order of the list.
    static List<Delivery> list(Handle handle, DeliveryFilter filter) {
        String sql =
                SELECT
                        + (filter.job() == null ? "" : " AND d.job_id = :job")
                        + (filter.state() == null ? "" : " AND d.state = :state")
                        + (filter.event() == null ? "" : " AND d.event = :event")
                        + (filter.endpoint() == null ? "" : " AND d.endpoint_id = :endpoint")
                        + (filter.before() == null ? "" : " AND d.delivery_id < :before")
                        + " ORDER BY d.delivery_id DESC LIMIT :limit";
        Query query =
                handle.createQuery(sql)
                        .bind("tenant", filter.tenant().value())
                        .bind("limit", filter.limit());
        bind(query, "job", filter.job() == null ? null : filter.job().value());
        bind(query, "state", filter.state() == null ? null : filter.state().name());
        bind(query, "event", filter.event());
        bind(query, "endpoint", filter.endpoint());
        bind(query, "before", filter.before());
        return query.map((row, _) -> delivery(row)).list();
    }

    private static void bind(Query query, String name, @Nullable Object value) {
        if (value != null) {
            query.bind(name, value);
        }
    }

    private static final String PAYLOAD =
            "SELECT payload FROM webhook_delivery WHERE delivery_id = :id";

    static byte[] payload(Handle handle, UUID id) {
        return handle.createQuery(PAYLOAD).bind("id", id).mapTo(byte[].class).one();
    }

    private static final String AGAIN =
            """
            UPDATE webhook_delivery
            SET state = 'PENDING', max_attempts = attempt_count + :attemptsMax, next_attempt_at = :now, claim = NULL
            WHERE delivery_id = :id AND state <> 'PENDING'
            """;

    static boolean again(Handle handle, UUID id, int attemptsMax, Instant now) {
        return handle.createUpdate(AGAIN)
                        .bind("id", id)
                        .bind("attemptsMax", attemptsMax)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    private static final String GIVE_UP =
            """
            UPDATE webhook_delivery SET state = 'FAILED', next_attempt_at = NULL, claim = NULL, last_error = :error
            WHERE endpoint_id = :endpoint AND state = 'PENDING'
            """;

    static void giveUp(Handle handle, UUID endpoint, String error) {
        handle.createUpdate(GIVE_UP).bind("endpoint", endpoint).bind("error", error).execute();
    }

    private static final String PENDING =
            """
            SELECT count(*) FROM
                (SELECT 1 FROM webhook_delivery WHERE state = 'PENDING' LIMIT :max) AS pending
            """;

    static long pending(Handle handle, int max) {
        return handle.createQuery(PENDING).bind("max", max).mapTo(long.class).one();
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        UUID job = row.getObject("job_id", UUID.class);
        return new Delivery(
                row.getObject("delivery_id", UUID.class),
                new TenantId(row.getString("tenant_id")),
                row.getObject("endpoint_id", UUID.class),
                row.getString("url"),
                row.getString("event"),
                job == null ? null : JobId.of(job),
                row.getObject("group_id", UUID.class),
                Delivery.State.valueOf(row.getString("state")),
                row.getInt("attempt_count"),
                row.getInt("max_attempts"),
                HappeningStore.instant(row, "next_attempt_at"),
                row.getObject("last_http_status", Integer.class),
                row.getString("last_error"),
                Objects.requireNonNull(HappeningStore.instant(row, "created_at")),
                HappeningStore.instant(row, "delivered_at"));
    }
}
