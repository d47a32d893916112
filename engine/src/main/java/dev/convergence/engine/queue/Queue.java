package dev.convergence.engine.queue;

import dev.convergence.engine.group.JobGroup;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.Placement.Later;
import dev.convergence.engine.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The live jobs of all tenants: put in, taken back, moved when they come due.
public final class Queue {

    private static final Logger LOG = LoggerFactory.getLogger(Queue.class);

    /// A ticket that is always just being moved does not exist: something is wrong then.
    private static final int LOOKS_MAX = 1_000;

    /// Between two looks at a ticket that is due, but that another node is moving.
    private static final Duration LOOK_MIN = Duration.ofMillis(10);

    private static final Duration LOOK_MAX = Duration.ofSeconds(2);

    private final Database database;
    private final Bell bell;
    private final Arrivals arrivals;
    private final DueFloor dueFloor = new DueFloor(System::nanoTime);
    private volatile Runnable onPause = () -> {};
    private volatile Optional<Instant> nextDue = Optional.empty();

    public Queue(Database database, Bell bell) {
        this.database = database;
        this.bell = bell;
        arrivals = new Arrivals(database, bell, this::committed);
    }

    /// What came of a wish to cancel.
    public enum Cancellation {
        /// It was waiting and will never start.
        CANCELLED,
        /// It runs; the node that runs it has been told.
        REQUESTED,
        /// It had ended before, or there is no such job.
        NOT_LIVE
    }

    /// Puts jobs into the queue in the caller's transaction; call [#committed] when that is
    /// committed.
    public void enqueue(Handle handle, Collection<Job> jobs) {
        Placement.ready(handle, jobs);
    }

    /// Puts one job in and wakes workers; returns once it is committed. Callers at the same time
    /// share a transaction.
    public void enqueue(Job job) {
        arrivals.enqueue(job);
    }

    /// Makes jobs claimable that a committed transaction has put in, and wakes workers.
    ///
    /// What is committed is done: a failure here is not the caller's, the sweep makes up for it.
    public void committed(Collection<TenantId> tenants) {
        if (tenants.isEmpty()) {
            return;
        }
        try {
            bell.ring(tenants);
        } catch (RuntimeException failure) {
            LOG.warn("{} lanes were not activated; the sweep will do it", tenants.size(), failure);
        }
    }

    /// The same for tickets that took their old places again, which may be ahead of where claims
    /// look.
    void committedAhead(Collection<TenantId> tenants) {
        tenants.forEach(floors()::forget);
        committed(tenants);
    }

    /// Puts lanes with tickets back into the ring, at once.
    void activate(Collection<TenantId> lanes) {
        bell.activate(lanes);
    }

    Floors floors() {
        return bell.floors();
    }

    /// Wakes workers, here and on other nodes.
    void ring() {
        bell.ring();
    }

    /// Puts a job in that may not start yet, in the caller's transaction.
    public void defer(Handle handle, Job job, Instant dueAt) {
        Placement.later(handle, List.of(new Later(job, dueAt)));
    }

    /// Begins a chain of attempts of which there may be one at a time.
    ///
    /// @return the job of the chain that is under way already, or empty
    public Optional<JobId> beginFlight(Handle handle, Job job) {
        String key = job.origin().flightKey();
        return key == null
                ? Optional.empty()
                : FlightStore.begin(handle, job.tenant(), key, job.id());
    }

    /// Cancels a waiting job, or asks the node that runs it to stop.
    ///
    /// Without the tenant's lane: whoever deletes the ticket has it, this or a claim. A job that
    /// was just being claimed or moved is in its new place at the next look.
    public Cancellation cancel(TenantId tenant, JobId id, String reason, Instant now) {
        for (int look = 0; look < LOOKS_MAX; look++) {
            Optional<Set<TenantId>> moved =
                    database.inTransaction(
                            handle -> cancelWaiting(handle, tenant, id, reason, now));
            if (moved.isPresent()) {
                committedAhead(moved.get());
                return Cancellation.CANCELLED;
            }
            if (database.read(
                    handle -> LeaseStore.requestCancel(handle, tenant, id, reason, now))) {
                bell.ring();
                return Cancellation.REQUESTED;
            }
            if (!database.read(handle -> JobStore.isLive(handle, tenant, id))) {
                return Cancellation.NOT_LIVE;
            }
        }
        throw new IllegalStateException("The ticket of job " + id + " was never in its place.");
    }

    /// A member's group is locked before its ticket, as everywhere.
    ///
    /// @return tenants that got a ticket; empty when the job does not wait
    private static Optional<Set<TenantId>> cancelWaiting(
            Handle handle, TenantId tenant, JobId id, String reason, Instant now) {
        Optional<JobGroup> group = GroupLockStore.lockOf(handle, tenant, id);
        if (!TicketStore.remove(handle, tenant, id)) {
            return Optional.empty();
        }
        Set<TenantId> moved =
                Unstarted.end(
                        handle,
                        JobStore.find(handle, List.of(id)),
                        new Outcome.Cancelled(reason),
                        null,
                        now);
        group.ifPresent(
                locked -> moved.addAll(GroupPass.over(handle, List.of(locked), now).moved()));
        return Optional.of(moved);
    }

    /// Moves jobs whose pause is over back into the queue.
    ///
    /// @return true when there may be more
    public boolean promoteDue(Instant now) {
        @Nullable Instant from = dueFloor.from();
        long began = System.nanoTime();
        Collection<TenantId> tenants =
                database.read(handle -> TicketStore.promote(handle, from, now));
        if (tenants.isEmpty()) {
            dueFloor.nothingSince(from, now, System.nanoTime() - began);
        }
        committed(tenants);
        return !tenants.isEmpty();
    }

    /// The same at the price of a look while nothing is due.
    public boolean promoteWhatIsDue(Instant now) {
        @Nullable Instant from = dueFloor.from();
        long began = System.nanoTime();
        nextDue = Optional.empty(); // should the look fail, the next is a full pause away
        nextDue = database.read(handle -> TicketStore.nextDue(handle, from));
        if (nextDue.filter(due -> !due.isAfter(now)).isPresent()) {
            return promoteDue(now);
        }
        dueFloor.nothingSince(from, now, System.nanoTime() - began);
        return false;
    }

    /// How long until a pause is over, as far as the last look saw; not too long, because others
    /// may make new ones meanwhile.
    public Duration untilDue(Instant now) {
        return nextDue.map(due -> Duration.between(now, due))
                .filter(Queue::isSoon)
                .map(wait -> wait.compareTo(LOOK_MIN) < 0 ? LOOK_MIN : wait)
                .orElse(LOOK_MAX);
    }

    /// Whether a pause may be over before anybody looks by himself.
    static boolean isSoon(Duration pause) {
        return pause.compareTo(LOOK_MAX) < 0;
    }

    /// Who hears that a pause was made which may be over soon.
    public void onPause(Runnable listener) {
        onPause = listener;
    }

    /// Says that a committed transaction has made jobs wait.
    public void paused() {
        onPause.run();
    }

    /// Gives jobs that wait for a pool another try where a permit is free.
    public void retryParked(Collection<String> pools) {
        for (String pool : pools) {
            committed(unpark(pool));
        }
    }

    private Collection<TenantId> unpark(String pool) {
        try {
            return database.inTransaction(handle -> PermitStore.unpark(handle, pool));
        } catch (RuntimeException failure) {
            LOG.warn(
                    "Jobs that wait for pool {} were not let go; the sweep will do it",
                    pool,
                    failure);
            return List.of();
        }
    }

    /// Puts lanes back into the ring whose tickets are committed, but for which nobody has rung
    /// yet.
    ///
    /// @return whether there were any
    public boolean activateForgotten() {
        List<TenantId> forgotten = database.read(TicketStore::forgotten);
        if (!forgotten.isEmpty()) {
            activate(forgotten);
        }
        return !forgotten.isEmpty();
    }

    /// Repairs what a process left undone that died between a commit and what follows it.
    public void sweep() {
        committed(database.read(TicketStore::forgotten));
        retryParked(database.read(PermitStore::waitedFor));
        List<String> forgotten = database.read(BehindStore::forgotten);
        if (!forgotten.isEmpty()) {
            committed(database.inTransaction(handle -> BehindStore.release(handle, forgotten)));
        }
    }

    /// A job with all that it was made with; empty when there is none.
    public Optional<Job> find(JobId id) {
        return database.read(handle -> JobStore.find(handle, List.of(id))).stream().findFirst();
    }

    /// How much waits and runs; cheap however much it is.
    public Depth depth() {
        return database.inTransaction(DepthStore::read);
    }

    /// The leases of jobs that somebody thinks he runs.
    public Map<JobId, LeaseView> leases(Collection<JobId> jobs) {
        return database.read(handle -> LeaseStore.ofJobs(handle, jobs));
    }
}
