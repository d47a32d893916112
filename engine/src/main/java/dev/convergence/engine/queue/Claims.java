package dev.convergence.engine.queue;

import dev.convergence.engine.event.EngineEvent.ClaimMade;
import dev.convergence.engine.event.Events;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.NodeId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.ClaimStore.Lane;
import dev.convergence.engine.queue.ClaimStore.Taken;
import dev.convergence.engine.queue.ClaimStore.Ticket;
import dev.convergence.engine.queue.Floors.Floor;
import dev.convergence.engine.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Claims: the tenants whose turn it is, the first tickets of each, a lease with a token for each
/// job.
///
/// Fair between tenants, strict by priority inside one, exact in the limits: a lane's row is locked
/// from the choice of its tickets until the number of its running jobs is written.
public final class Claims {

    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

    private final Database database;
    private final Queue queue;
    private final Duration leaseDuration;
    private final InstantSource clock;
    private final Floors floors;
    private final Events events;

    public Claims(
            Database database,
            Queue queue,
            Duration leaseDuration,
            InstantSource clock,
            Events events) {
        this.database = database;
        this.queue = queue;
        this.leaseDuration = leaseDuration;
        this.clock = clock;
        floors = queue.floors();
        this.events = events;
    }

    /// What a claim brought, and which lanes it emptied.
    private record Claimed(List<Claim> claims, Taken taken) {

        boolean metNobody() {
            return taken.lanes().isEmpty();
        }

        /// All that was found waits for a pool now, or was gone; behind it may be more.
        boolean isWorthAnotherLook() {
            return claims.isEmpty() && !metNobody();
        }
    }

    /// How hard a claim that met nobody looks for who may be below the floors.
    public enum Effort {
        /// It looks from the start, whatever that costs.
        WHATEVER_IT_TAKES,
        /// It looks from the start unless that is dear and was done lately; who claims again and
        /// again asks [#untilOwedLook] when to come back.
        IN_PROPORTION
    }

    /// Claims at most `slots` jobs for a node; empty when there is nothing to do, or when the
    /// node's own lease has ended.
    ///
    /// @param start begins a claimed job, as soon as its lease is committed
    public List<Claim> claim(NodeId node, int slots, Effort effort, Consumer<Claim> start) {
        Claimed claimed = once(node, slots, effort, start);
        while (claimed.isWorthAnotherLook()) {
            claimed = once(node, slots, effort, start);
        }
        return claimed.claims();
    }

    /// How long until a claim can look for what one in proportion may have missed; empty when it
    /// missed nothing.
    public Optional<Duration> untilOwedLook() {
        return floors.untilOwedLook();
    }

    private Claimed once(NodeId node, int slots, Effort effort, Consumer<Claim> start) {
        long began = System.nanoTime();
        Claimed claimed =
                floors.isFromTheStart()
                        ? fromTheStart(node, slots)
                        : fromFloors(node, slots, effort);
        claimed.claims().forEach(start);
        remember(claimed.taken());
        tell(claimed, Duration.ofNanos(System.nanoTime() - began));
        lookAgainAt(emptied(claimed.taken()));
        return claimed;
    }

    private void tell(Claimed claimed, Duration took) {
        int count = claimed.claims().size();
        if (count > 0) {
            events.publish(new ClaimMade(count, claimed.taken().lanes().size(), took));
        }
    }

    private Claimed fromTheStart(NodeId node, int slots) {
        long began = System.nanoTime();
        Claimed claimed = claim(node, slots, Floors.RING_START, List.of());
        floors.lookedFromTheStart(System.nanoTime() - began);
        return claimed;
    }

    private Claimed fromFloors(NodeId node, int slots, Effort effort) {
        long ring = floors.ring();
        Claimed claimed = claim(node, slots, ring, floors.lanes());
        boolean isLookWanted = claimed.metNobody() && ring != Floors.RING_START;
        return isLookWanted && (effort == Effort.WHATEVER_IT_TAKES || floors.mayLookFromTheStart())
                ? fromTheStart(node, slots)
                : claimed;
    }

    /// The jobs themselves are read after the commit, so that the lanes are free again. Should that
    /// fail, the leases are found by the rescuer as claims that this node does not run.
    private Claimed claim(NodeId node, int slots, long ring, List<Floor> lanes) {
        return database.inTransaction(handle -> {
            Leased leased = lease(handle, node, slots, ring, lanes);
            return new Claimed(claims(handle, leased, node), leased.taken());
        });
    }

    /// @param tickets those of the taken ones that may start
    /// @param at when; read once the connection is there, for which a claim may have waited long
    private record Leased(Taken taken, List<Ticket> tickets, Instant at) {}

    private Leased lease(Handle handle, NodeId node, int slots, long ring, List<Floor> lanes) {
        Instant now = clock.instant();
        Taken taken = ClaimStore.take(handle, node, slots, ring, lanes, now, leaseDuration);
        List<Ticket> tickets = inOrder(taken.tickets());
        List<JobId> parked = unpermitted(handle, tickets);
        if (parked.isEmpty()) {
            return new Leased(taken, tickets, now);
        }
        ClaimStore.undo(handle, parked);
        Set<JobId> stopped = Set.copyOf(parked);
        return new Leased(
                taken,
                tickets.stream().filter(ticket -> !stopped.contains(ticket.job())).toList(),
                now);
    }

    private List<Claim> claims(Handle handle, Leased leased, NodeId node) {
        List<Ticket> tickets = leased.tickets();
        if (tickets.isEmpty()) {
            return List.of();
        }
        Map<JobId, Job> jobs = jobsOnceCommitted(handle, tickets);
        if (jobs.size() < tickets.size()) {
            // What is left over from a deleted tenant or an old partition has no job any more. This
            // is a transaction of its own.
            List<JobId> without =
                    tickets.stream()
                            .map(Ticket::job)
                            .filter(job -> !jobs.containsKey(job))
                            .toList();
            ClaimStore.undo(handle, without);
        }
        return tickets.stream()
                .filter(ticket -> jobs.containsKey(ticket.job()))
                .map(ticket -> claim(ticket, jobs, node, leased.at()))
                .toList();
    }

    private static Claim claim(Ticket ticket, Map<JobId, Job> jobs, NodeId node, Instant now) {
        return new Claim(Objects.requireNonNull(jobs.get(ticket.job())), ticket.token(), node, now);
    }

    private static Map<JobId, Job> jobsOnceCommitted(Handle handle, List<Ticket> tickets) {
        List<JobId> ids = tickets.stream().map(Ticket::job).toList();
        return JobStore.findOnceCommitted(handle, ids).stream()
                .collect(Collectors.toMap(Job::id, Function.identity()));
    }

    /// Parks the tickets that need a permit of a pool which has none left.
    private static List<JobId> unpermitted(Handle handle, List<Ticket> tickets) {
        List<JobId> parked = new ArrayList<>();
        tickets.stream()
                .filter(ticket -> ticket.pool() != null)
                // Pools are locked in one order; in each the tickets keep theirs.
                .sorted(Comparator.comparing(ticket -> Objects.requireNonNull(ticket.pool())))
                .forEach(ticket -> {
                    String pool = Objects.requireNonNull(ticket.pool());
                    if (!PermitStore.acquire(handle, pool, ticket.job(), ticket.token())) {
                        PermitStore.park(handle, pool, ticket);
                        parked.add(ticket.job());
                    }
                });
        return parked;
    }

    /// In the order in which the tickets stood, lane by lane.
    private static List<Ticket> inOrder(List<Ticket> tickets) {
        return tickets.stream()
                .sorted(
                        Comparator.comparingInt(Ticket::priority)
                                .reversed()
                                .thenComparingLong(Ticket::position))
                .toList();
    }

    private void remember(Taken taken) {
        taken.lanes().stream().mapToLong(Lane::virtualTime).min().ifPresent(floors::ringSeen);
        Map<TenantId, List<Ticket>> byLane =
                taken.tickets().stream().collect(Collectors.groupingBy(Ticket::tenant));
        byLane.forEach((tenant, tickets) -> {
            if (tickets.size() >= Floors.STARTS_MIN) {
                Ticket last = inOrder(tickets).getLast();
                floors.taken(new Floor(tenant, last.priority(), last.position()));
            }
        });
    }

    /// Lanes in which the claim saw no further ticket.
    private static Set<TenantId> emptied(Taken taken) {
        return taken.lanes().stream()
                .filter(lane -> !lane.hasMore())
                .map(Lane::tenant)
                .collect(Collectors.toSet());
    }

    /// A ticket may have come while the claim was marking its lane empty. The claims are committed,
    /// so nothing that fails here may keep them from being started.
    private void lookAgainAt(Set<TenantId> emptied) {
        if (emptied.isEmpty()) {
            return;
        }
        emptied.forEach(floors::forget);
        try {
            queue.activate(emptied);
        } catch (RuntimeException failure) {
            LOG.warn(
                    "{} lanes were not looked at again; the sweep will do it",
                    emptied.size(),
                    failure);
        }
    }

    /// Whether a claim that found nothing may only have met lanes that others held for a moment.
    ///
    /// Where no lane is claimable there is nothing to look for from the start either.
    public boolean isWorthAnotherTry() {
        boolean isAnyClaimable = database.read(LaneStore::anyClaimable);
        if (!isAnyClaimable) {
            floors.noLookIsOwed();
        }
        return isAnyClaimable;
    }
}
