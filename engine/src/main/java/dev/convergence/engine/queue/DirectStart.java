package dev.convergence.engine.queue;

import dev.convergence.engine.id.NodeId;
import dev.convergence.engine.id.ReservationId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.JobKind;
import dev.convergence.engine.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// How the execution begins that a lane is reserved for: the job, its lease and its place in the
/// lane in one transaction, once nothing else of the tenant runs. It never has a ticket.
public final class DirectStart {

    private final Database database;
    private final Duration leaseDuration;
    private final InstantSource clock;

    public DirectStart(Database database, Duration leaseDuration, InstantSource clock) {
        this.database = database;
        this.leaseDuration = leaseDuration;
        this.clock = clock;
    }

    /// What came of a try to start.
    public sealed interface Try {
        /// Its lease is committed.
        record Started(Claim claim) implements Try {}

        /// Something of the tenant still runs, the pool has no permit, or the node has not been
        /// heard of for too long.
        record NotYet() implements Try {}

        /// It may not start any more.
        record Refused(Reason reason) implements Try {}
    }

    /// Why an execution may not start any more.
    public enum Reason {
        RESERVATION_ENDED,
        TENANT_SUSPENDED,
        /// The tenant may run nothing at all.
        NO_LIMIT
    }

    private static final Try NOT_YET = new Try.NotYet();

    public Try begin(Job job, ReservationId reservation, NodeId node) {
        if (job.ties().kind() != JobKind.DIRECT || job.retry().retriesMax() > 0) {
            throw new IllegalArgumentException("Not a direct execution: " + job);
        }
        return database.inTransaction(handle -> begin(handle, job, reservation, node));
    }

    /// The reservation, the node, the lane, the pool: each is held until the lease is committed, so
    /// nobody takes one away meanwhile.
    private Try begin(Handle handle, Job job, ReservationId reservation, NodeId node) {
        Instant now = clock.instant();
        Optional<Reservation> held = ReservationStore.lock(handle, job.tenant(), reservation);
        if (held.isEmpty() || !held.get().isActive() || !held.get().expiresAt().isAfter(now)) {
            return new Try.Refused(Reason.RESERVATION_ENDED);
        }
        if (!ClaimStore.isAlive(handle, node, now, leaseDuration)) {
            return NOT_YET;
        }
        Optional<LaneStore.Locked> lane = LaneStore.lock(handle, job.tenant());
        if (lane.isEmpty() || lane.get().isSuspended()) {
            return new Try.Refused(Reason.TENANT_SUSPENDED);
        }
        if (lane.get().limit() < 1) {
            return new Try.Refused(Reason.NO_LIMIT);
        }
        return lane.get().running() > 0 ? NOT_YET : start(handle, job, held.get(), node);
    }

    /// Dated once the lane is held: who waited for it does not start before the one that left it
    /// has ended.
    private Try start(Handle handle, Job job, Reservation reservation, NodeId node) {
        Instant now = clock.instant();
        long token = LeaseStore.nextToken(handle);
        String pool = job.pool();
        if (pool != null && !PermitStore.acquire(handle, pool, job.id(), token, reservation.id())) {
            ReservationStore.waitFor(handle, reservation.id(), pool);
            return NOT_YET;
        }
        JobInsert.alone(handle, job);
        LeaseStore.insert(handle, job, token, node, now);
        ReservationStore.started(handle, reservation.id(), job.id());
        LaneStore.start(handle, job.tenant());
        return new Try.Started(new Claim(job, token, node, now));
    }
}
