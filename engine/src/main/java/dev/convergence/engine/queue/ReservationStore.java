package dev.convergence.engine.queue;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.NodeId;
import dev.convergence.engine.id.ReservationId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.queue.Reservation.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The table `reservation`: at most one active for each tenant.
final class ReservationStore {

    private ReservationStore() {}

    private static final String INSERT =
            """
            INSERT INTO reservation (reservation_id, tenant_id, reserved_by, reserved_at, expires_at, node_id)
            VALUES (:id, :tenant, :reservedBy, :reservedAt, :expiresAt, :node)
            ON CONFLICT (tenant_id) WHERE status = 'ACTIVE' DO NOTHING
            """;

    /// @return false when the tenant has an active one already; one that is just being made is
    ///   waited for
    static boolean insert(Handle handle, Reservation wanted) {
        NodeId node = wanted.node();
        return handle.createUpdate(INSERT)
                        .bind("id", wanted.id().value())
                        .bind("tenant", wanted.tenant().value())
                        .bind("reservedBy", wanted.reservedBy())
                        .bind("reservedAt", wanted.reservedAt())
                        .bind("expiresAt", wanted.expiresAt())
                        .bind("node", node == null ? null : node.value())
                        .execute()
                == 1;
    }

    private static final String SELECT =
            """
            SELECT reservation_id, tenant_id, reserved_by, status, reserved_at, expires_at, ended_at, node_id
            FROM reservation
            """;

    private static final String FIND =
            SELECT + " WHERE reservation_id = :id AND tenant_id = :tenant";

    static Optional<Reservation> find(Handle handle, TenantId tenant, ReservationId id) {
        return one(handle, FIND, tenant, id);
    }

    private static final String LOCK = FIND + " FOR UPDATE";

    static Optional<Reservation> lock(Handle handle, TenantId tenant, ReservationId id) {
        return one(handle, LOCK, tenant, id);
    }

    private static Optional<Reservation> one(
            Handle handle, String query, TenantId tenant, ReservationId id) {
        return handle.createQuery(query)
                .bind("id", id.value())
                .bind("tenant", tenant.value())
                .map((row, _) -> reservation(row))
                .findOne();
    }

    private static final String ACTIVE =
            SELECT + " WHERE tenant_id = :tenant AND status = 'ACTIVE'";

    static Optional<Reservation> active(Handle handle, TenantId tenant) {
        return handle.createQuery(ACTIVE)
                .bind("tenant", tenant.value())
                .map((row, _) -> reservation(row))
                .findOne();
    }

    // A node that is taken out of the table is gone, or comes back under another id.
    private static final String OVERDUE =
            SELECT
                    + """
                     WHERE status = 'ACTIVE'
                      AND (expires_at <= :now
                           OR node_id IS NOT NULL
                              AND NOT EXISTS (SELECT 1 FROM node WHERE node.node_id = reservation.node_id))
                    ORDER BY tenant_id LIMIT 500
                    """;

    /// Active ones whose time is up, or whose node is gone.
    static List<Reservation> overdue(Handle handle, Instant now) {
        return handle.createQuery(OVERDUE)
                .bind("now", now)
                .map((row, _) -> reservation(row))
                .list();
    }

    private static final String END =
            """
            UPDATE reservation SET status = :status, ended_at = GREATEST(:now, reserved_at)
            WHERE reservation_id = :id AND status = 'ACTIVE'
            """;

    /// @return false when it had ended before; an end is kept
    static boolean end(Handle handle, ReservationId id, Status status, Instant now) {
        return handle.createUpdate(END)
                        .bind("id", id.value())
                        .bind("status", status.name())
                        .bind("now", now)
                        .execute()
                == 1;
    }

    private static final String WAIT_FOR =
            "UPDATE reservation SET waits_for = :pool WHERE reservation_id = :id";

    /// Has the pool's next permit kept for it.
    static void waitFor(Handle handle, ReservationId id, String pool) {
        handle.createUpdate(WAIT_FOR).bind("id", id.value()).bind("pool", pool).execute();
    }

    private static final String STARTED =
            "UPDATE reservation SET job_id = :job, waits_for = NULL WHERE reservation_id = :id";

    static void started(Handle handle, ReservationId id, JobId job) {
        handle.createUpdate(STARTED).bind("id", id.value()).bind("job", job.value()).execute();
    }

    private static Reservation reservation(ResultSet row) throws SQLException {
        UUID node = row.getObject("node_id", UUID.class);
        return new Reservation(
                new ReservationId(row.getObject("reservation_id", UUID.class)),
                new TenantId(row.getString("tenant_id")),
                row.getString("reserved_by"),
                Status.valueOf(row.getString("status")),
                Objects.requireNonNull(JobStore.instant(row, "reserved_at")),
                Objects.requireNonNull(JobStore.instant(row, "expires_at")),
                JobStore.instant(row, "ended_at"),
                node == null ? null : new NodeId(node));
    }
}
