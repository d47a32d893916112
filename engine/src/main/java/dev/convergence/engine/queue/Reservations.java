package dev.convergence.engine.queue;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.NodeId;
import dev.convergence.engine.id.ReservationId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.id.TimeOrderedId;
import dev.convergence.engine.queue.Reservation.Status;
import dev.convergence.engine.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reservations of lanes: made, released, ended when their time is up or their node is gone.
///
/// The lane's row changes in the reservation's transaction. So a claim that holds the lane is
/// waited for, and none that comes later starts anything.
public final class Reservations {

    private final Database database;
    private final Queue queue;

    public Reservations(Database database, Queue queue) {
        this.database = database;
        this.queue = queue;
    }

    /// Keeps a tenant's lane until it is released or its time is up; never longer than its node,
    /// when it has one.
    ///
    /// @throws EngineException CONFLICT, naming the active one, which stays as it is
    public Reservation reserve(
            TenantId tenant,
            String reservedBy,
            Duration atMost,
            @Nullable NodeId node,
            Instant now) {
        endOverdue(tenant, now);
        Reservation wanted =
                new Reservation(
                        new ReservationId(TimeOrderedId.next(now)),
                        tenant,
                        reservedBy,
                        Status.ACTIVE,
                        now,
                        now.plus(atMost),
                        null,
                        node);
        database.transact(handle -> insert(handle, wanted));
        return wanted;
    }

    private static void insert(Handle handle, Reservation wanted) {
        if (!ReservationStore.insert(handle, wanted)) {
            throw conflict(ReservationStore.active(handle, wanted.tenant()));
        }
        LaneStore.reserve(handle, wanted.tenant(), true);
    }

    /// @param active empty when it has ended since
    private static EngineException conflict(Optional<Reservation> active) {
        String which =
                active.map(held ->
                                "Reservation %s of %s is active until %s"
                                        .formatted(held.id(), held.reservedBy(), held.expiresAt()))
                        .orElse("Another reservation was active");
        Map<String, Object> facts =
                active.map(held -> Map.<String, Object>of("reservation_id", held.id().toString()))
                        .orElse(Map.of());
        return new EngineException(
                ErrorCode.CONFLICT,
                which + ": wait for its end, or release it, and try again.",
                List.of(),
                facts);
    }

    /// The one that keeps a tenant's lane now.
    public Optional<Reservation> active(TenantId tenant, Instant now) {
        endOverdue(tenant, now);
        return database.read(handle -> ReservationStore.active(handle, tenant));
    }

    /// Gives a lane back; a reservation that has ended stays as it is.
    ///
    /// @return the reservation as it is now
    public Reservation release(TenantId tenant, ReservationId id, Instant now) {
        Reservation found =
                database.read(handle -> ReservationStore.find(handle, tenant, id))
                        .orElseThrow(() -> none(id));
        end(found, Status.RELEASED, now);
        return database.read(handle -> ReservationStore.find(handle, tenant, id)).orElse(found);
    }

    private static EngineException none(ReservationId id) {
        return EngineException.notFound("There is no reservation " + id + ".");
    }

    /// Ends reservations whose time is up or whose node is gone.
    ///
    /// @return those that this call ended
    public List<Reservation> endOverdue(Instant now) {
        return database.read(handle -> ReservationStore.overdue(handle, now)).stream()
                .filter(overdue -> end(overdue, Status.EXPIRED, now))
                .toList();
    }

    /// One whose time is up counts as ended before anybody has ended it.
    private void endOverdue(TenantId tenant, Instant now) {
        database.read(handle -> ReservationStore.active(handle, tenant))
                .filter(active -> !active.expiresAt().isAfter(now))
                .ifPresent(active -> end(active, Status.EXPIRED, now));
    }

    private boolean end(Reservation reservation, Status status, Instant now) {
        boolean ended =
                database.inTransaction(handle -> {
                    boolean ours = ReservationStore.end(handle, reservation.id(), status, now);
                    if (ours) {
                        LaneStore.reserve(handle, reservation.tenant(), false);
                    }
                    return ours;
                });
        if (ended) {
            queue.sweep(); // its tickets may wait for pools
            queue.ring();
        }
        return ended;
    }
}
