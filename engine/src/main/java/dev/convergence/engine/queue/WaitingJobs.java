package dev.convergence.engine.queue;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.error.FieldError;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.JobBook;
import dev.convergence.engine.queue.WaitingStore.Move;
import dev.convergence.engine.queue.WaitingStore.Place;
import dev.convergence.engine.queue.WaitingStore.TicketMoved;
import dev.convergence.engine.sql.Database;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What a tenant may change about its jobs while they wait: parameters, priority, order.
///
/// The lane is held first, so a claim has either taken the job before, and the change is refused,
/// or comes after and sees all of it. Tickets are then taken without waiting, as by everybody who
/// holds a lane.
public final class WaitingJobs {

    /// A ticket that is always just being moved does not exist: something is wrong then.
    private static final int LOOKS_MAX = 1_000;

    private final Database database;
    private final Queue queue;

    public WaitingJobs(Database database, Queue queue) {
        this.database = database;
        this.queue = queue;
    }

    /// @throws EngineException INVALID_REQUEST when the job does not wait
    public void change(TenantId tenant, JobId job, JobChange change) {
        whileWaiting(
                tenant,
                List.of(job),
                (handle, places) -> {
                    change(handle, tenant, places.getFirst(), change);
                });
    }

    /// Puts waiting jobs of one priority into an order, in the places that they have together.
    ///
    /// @throws EngineException INVALID_REQUEST when one does not wait, INVALID_FIELD when they are
    ///   of several priorities
    public void reorder(TenantId tenant, List<JobId> jobs) {
        if (Set.copyOf(jobs).size() < jobs.size()) {
            throw EngineException.invalidField("job_ids", "DUPLICATE", "name each job once.");
        }
        whileWaiting(tenant, jobs, (handle, places) -> reorder(handle, tenant, jobs, places));
    }

    @FunctionalInterface
    private interface Work {
        void change(Handle handle, List<Place> places);
    }

    private void whileWaiting(TenantId tenant, List<JobId> jobs, Work work) {
        for (int look = 0; look < LOOKS_MAX; look++) {
            boolean anywhere = look > 0;
            boolean done = tryOnce(tenant, jobs, anywhere, work);
            if (done) {
                queue.floors().forget(tenant);
                queue.committed(Set.of(tenant));
                return;
            }
            refuseUnlessWaiting(tenant, jobs);
        }
        throw new IllegalStateException("Tickets of " + tenant + " were never in their place.");
    }

    private boolean tryOnce(TenantId tenant, List<JobId> jobs, boolean anywhere, Work work) {
        try {
            return database.inTransaction(handle -> {
                WaitingStore.lockLane(handle, tenant);
                List<Place> places = WaitingStore.find(handle, tenant, jobs, anywhere);
                if (places.size() < jobs.size()) {
                    return false;
                }
                work.change(handle, places);
                return true;
            });
        } catch (TicketMoved moved) {
            return false;
        }
    }

    private void refuseUnlessWaiting(TenantId tenant, List<JobId> jobs) {
        Set<JobId> waiting =
                new HashSet<>(database.read(handle -> JobStore.waiting(handle, tenant, jobs)));
        for (JobId job : jobs) {
            if (!waiting.contains(job) && !isOf(tenant, job)) {
                throw JobBook.none(job);
            }
            if (!waiting.contains(job)) {
                throw new EngineException(
                        ErrorCode.INVALID_REQUEST,
                        "Job "
                                + job
                                + " does not wait any more: its parameters, its priority and"
                                + " its position can be changed only while it is QUEUED.");
            }
        }
    }

    private boolean isOf(TenantId tenant, JobId job) {
        return queue.find(job).filter(found -> found.tenant().equals(tenant)).isPresent();
    }

    private static void change(Handle handle, TenantId tenant, Place place, JobChange change) {
        Map<String, Object> params = change.params();
        if (params != null) {
            WaitingStore.params(handle, tenant, place, params, change.pool());
        }
        Integer priority = change.priority();
        Long position = change.position();
        if (!place.isInOrder()) {
            changeDeferred(handle, place, priority, position);
            return;
        }
        if (priority != null && priority != place.priority()) {
            toEndOf(handle, tenant, place, priority);
        }
        if (position != null) {
            int level = priority == null ? place.priority() : priority;
            toPosition(handle, tenant, level, place.job(), position);
        }
    }

    private static void changeDeferred(
            Handle handle, Place place, @Nullable Integer priority, @Nullable Long position) {
        if (position != null) {
            throw new EngineException(
                    ErrorCode.INVALID_REQUEST,
                    "The job waits for its time; it gets a position when that has come.");
        }
        if (priority != null) {
            WaitingStore.deferredPriority(handle, place.job(), priority);
        }
    }

    /// A job that changes its level goes to the end of the new one.
    private static void toEndOf(Handle handle, TenantId tenant, Place place, int priority) {
        long shown = ShownPositionStore.read(handle, tenant, priority) + ShownPositionStore.GAP;
        long position = TicketStore.positions(handle, 1).nextLong();
        WaitingStore.move(handle, tenant, List.of(new Move(place, priority, position, shown)));
    }

    /// Nobody else's position changes. Among equal ones the older job is first.
    private static void toPosition(
            Handle handle, TenantId tenant, int priority, JobId job, long shown) {
        List<Place> level = WaitingStore.level(handle, tenant, priority);
        List<Place> others = level.stream().filter(p -> !p.job().equals(job)).toList();
        int index = 0;
        while (index < others.size() && isBefore(others.get(index), job, shown)) {
            index++;
        }
        Place moved = level.stream().filter(p -> p.job().equals(job)).findFirst().orElseThrow();
        List<Place> order = new ArrayList<>(others);
        order.add(index, moved);
        WaitingStore.move(handle, tenant, moves(handle, level, order, moved, shown));
    }

    private static boolean isBefore(Place other, JobId job, long shown) {
        Long position = other.shown();
        return position == null
                || position < shown
                || (position == shown && other.job().compareTo(job) < 0);
    }

    /// At either end there is always room. In the middle all between the old place and the new one
    /// take their neighbour's.
    private static List<Move> moves(
            Handle handle, List<Place> level, List<Place> order, Place moved, long shown) {
        int to = order.indexOf(moved);
        if (to == 0 || to == order.size() - 1) {
            long unused = TicketStore.positions(handle, 1).nextLong();
            return List.of(new Move(moved, moved.priority(), to == 0 ? -unused : unused, shown));
        }
        List<Move> moves = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            Place place = order.get(i);
            long position = level.get(i).ordered();
            if (place.equals(moved)) {
                moves.add(new Move(place, place.priority(), position, shown));
            } else if (position != place.ordered()) {
                moves.add(new Move(place, place.priority(), position, place.shown()));
            }
        }
        return moves;
    }

    private static void reorder(
            Handle handle, TenantId tenant, List<JobId> wished, List<Place> places) {
        refuseUnlessOneLevel(places);
        Comparator<Place> byPosition = Comparator.comparing(Place::ordered);
        List<Place> inOrder = places.stream().sorted(byPosition).toList();
        Map<JobId, Place> byJob =
                places.stream().collect(Collectors.toMap(Place::job, Function.identity()));
        List<Move> moves = new ArrayList<>();
        for (int i = 0; i < wished.size(); i++) {
            Place from = Objects.requireNonNull(byJob.get(wished.get(i)));
            Place to = inOrder.get(i);
            moves.add(new Move(from, to.priority(), to.ordered(), to.shown()));
        }
        WaitingStore.move(handle, tenant, moves);
    }

    private static void refuseUnlessOneLevel(Collection<Place> places) {
        if (places.stream().anyMatch(place -> !place.isInOrder())) {
            throw new EngineException(
                    ErrorCode.INVALID_REQUEST,
                    "One of the jobs waits for its time; it gets a position when that has come.");
        }
        if (places.stream().map(Place::priority).distinct().count() > 1) {
            throw new EngineException(
                    ErrorCode.INVALID_FIELD,
                    "job_ids: only jobs of one priority can be put in order.",
                    List.of(
                            new FieldError(
                                    "job_ids", "SEVERAL_PRIORITIES", "are jobs of one priority.")),
                    Map.of());
        }
    }
}
