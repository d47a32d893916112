package dev.convergence.engine.queue;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.NodeId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.LaneStore.Taken;
import dev.convergence.engine.queue.LaneStore.Ticket;
import dev.convergence.engine.queue.LeaseStore.Lease;
import dev.convergence.engine.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
    private final Bell bell;
    private final Duration leaseDuration;

    public Claims(Database database, Bell bell, Duration leaseDuration) {
        this.database = database;
        this.bell = bell;
        this.leaseDuration = leaseDuration;
    }

    /// Thrown inside the transaction, to undo it, when the node is no longer taken for alive.
    private static final class NotAlive extends RuntimeException {
        private NotAlive() {
            super("This node's lease has ended.", null, false, false);
        }
    }

    /// What a claim brought, and which lanes it emptied.
    private record Claimed(List<Claim> claims, Set<TenantId> emptied) {}

    /// Claims at most `slots` jobs for a node; empty when there is nothing to do, or when the
    /// node's own lease has ended.
    public List<Claim> claim(NodeId node, int slots, Instant now) {
        try {
            Claimed claimed = database.inTransaction(handle -> claim(handle, node, slots, now));
            lookAgainAt(claimed.emptied());
            return claimed.claims();
        } catch (NotAlive notAlive) {
            return List.of();
        }
    }

    /// A ticket may have come while the claim was marking its lane empty. The claims are committed,
    /// so nothing that fails here may keep them from being started.
    private void lookAgainAt(Set<TenantId> emptied) {
        if (emptied.isEmpty()) {
            return;
        }
        try {
            if (database.inTransaction(handle -> LaneStore.activate(handle, emptied)) > 0) {
                bell.ring();
            }
        } catch (RuntimeException failure) {
            LOG.warn(
                    "{} lanes were not looked at again; the sweep will do it",
                    emptied.size(),
                    failure);
        }
    }

    /// Whether a claim that found nothing may only have met lanes that others held for a moment.
    public boolean isWorthAnotherTry() {
        return database.read(LaneStore::anyClaimable);
    }

    private Claimed claim(Handle handle, NodeId node, int slots, Instant now) {
        List<Taken> taken = LaneStore.take(handle, slots);
        Map<JobId, Job> jobs = jobs(handle, taken);
        List<Lease> leases = permitted(handle, tickets(taken, jobs.keySet()), node, now);
        if (!leases.isEmpty() && !LeaseStore.insert(handle, leases, node, now, leaseDuration)) {
            throw new NotAlive();
        }
        Map<TenantId, Boolean> hasReady = hasReady(taken);
        LaneStore.started(handle, countByTenant(leases), hasReady);
        Set<TenantId> emptied = new HashSet<>(hasReady.keySet());
        emptied.removeIf(tenant -> Boolean.TRUE.equals(hasReady.get(tenant)));
        return new Claimed(claims(leases, jobs), emptied);
    }

    private static Map<JobId, Job> jobs(Handle handle, List<Taken> taken) {
        List<JobId> ids =
                taken.stream()
                        .map(Taken::ticket)
                        .filter(Objects::nonNull)
                        .map(Ticket::job)
                        .toList();
        return JobStore.find(handle, ids).stream()
                .collect(Collectors.toMap(Job::id, Function.identity()));
    }

    /// The tickets whose jobs are there; one that is left over from a deleted tenant is dropped
    /// here.
    private static List<Ticket> tickets(List<Taken> taken, Set<JobId> known) {
        return taken.stream()
                .map(Taken::ticket)
                .filter(Objects::nonNull)
                .filter(ticket -> known.contains(ticket.job()))
                .toList();
    }

    /// Gives every ticket a token, and a permit where it needs one; a ticket without a permit is
    /// parked.
    private static List<Lease> permitted(
            Handle handle, List<Ticket> tickets, NodeId node, Instant now) {
        Iterator<Long> tokens = LeaseStore.tokens(handle, tickets.size()).iterator();
        List<Lease> leases = new ArrayList<>(tickets.size());
        List<Ticket> byPool =
                tickets.stream()
                        .sorted(
                                Comparator.comparing((Ticket ticket) ->
                                        Objects.requireNonNullElse(ticket.pool(), "")))
                        .toList(); // pools are locked in one order
        for (Ticket ticket : byPool) {
            long token = tokens.next();
            String pool = ticket.pool();
            if (pool == null || PermitStore.acquire(handle, pool, ticket.job(), token)) {
                leases.add(new Lease(ticket.job(), ticket.tenant(), token, node, now));
            } else {
                PermitStore.park(handle, pool, ticket);
            }
        }
        return leases;
    }

    private static Map<TenantId, Boolean> hasReady(List<Taken> taken) {
        Map<TenantId, Integer> found = new HashMap<>();
        taken.forEach(t -> found.merge(t.tenant(), t.ticket() == null ? 0 : 1, Integer::sum));
        return taken.stream()
                .collect(
                        Collectors.toMap(
                                Taken::tenant,
                                t -> found.getOrDefault(t.tenant(), 0) >= t.share(),
                                (first, _) -> first));
    }

    static Map<TenantId, Integer> countByTenant(List<Lease> leases) {
        return leases.stream().collect(Collectors.toMap(Lease::tenant, _ -> 1, Integer::sum));
    }

    private static List<Claim> claims(List<Lease> leases, Map<JobId, Job> jobs) {
        return leases.stream()
                .map(l ->
                        new Claim(
                                Objects.requireNonNull(jobs.get(l.job())),
                                l.token(),
                                l.node(),
                                l.claimedAt()))
                .toList();
    }
}
