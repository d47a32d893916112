package dev.convergence.engine.recovery;

import dev.convergence.engine.event.EngineEvent.NodeLost;
import dev.convergence.engine.event.EngineEvent.WorkRescued;
import dev.convergence.engine.event.Events;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.NodeId;
import dev.convergence.engine.loop.Duty;
import dev.convergence.engine.queue.HeldPermits;
import dev.convergence.engine.queue.HeldPermits.Held;
import dev.convergence.engine.queue.HeldPermits.Holder;
import dev.convergence.engine.queue.Judge;
import dev.convergence.engine.queue.LostWork;
import dev.convergence.engine.queue.LostWork.Lost;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.queue.Settler;
import dev.convergence.engine.recovery.NodeStore.Node;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.worker.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends the runs of nodes that are gone: FAILED, with their retry, through the same settling as any
/// run.
///
/// Any node may do it, several at once, again after a crash: a claim ends once, by its token.
public final class Rescuer implements Duty {

    private static final Logger LOG = LoggerFactory.getLogger(Rescuer.class);

    /// The database's time, read again at each heartbeat, goes back by as long as an answer took: a
    /// claim made after a look may be dated before it.
    private static final Duration CLOCK_DOUBT = Duration.ofSeconds(5);

    /// What a look finds beside dead nodes is rare, and nothing waits for it. It reads all leases,
    /// and while somebody holds an old snapshot all that ever were.
    private static final Duration LEFT_OVERS = Duration.ofSeconds(10);

    private final Database database;
    private final Membership membership;
    private final HeldPermits permits;
    private final Worker worker;
    private final LostWork lostWork;
    private final Settler settler;
    private final Judge judge;
    private final Duration leaseDuration;
    private final Events events;
    private Instant leftOversAt = Instant.EPOCH;

    public Rescuer(
            Database database,
            Membership membership,
            HeldPermits permits,
            Worker worker,
            LostWork lostWork,
            Settler settler,
            Judge judge,
            Duration leaseDuration,
            Events events) {
        this.database = database;
        this.membership = membership;
        this.permits = permits;
        this.worker = worker;
        this.lostWork = lostWork;
        this.settler = settler;
        this.judge = judge;
        this.leaseDuration = leaseDuration;
        this.events = events;
    }

    /// Looks for dead nodes, and for everything else now and then; one loop at a time.
    public boolean watch(Instant now) {
        if (removeGone(now) || !now.isBefore(leftOversAt)) {
            leftOversAt = now.plus(LEFT_OVERS);
            endLeftOvers(now);
        }
        return false;
    }

    @Override
    public boolean runOnce(Instant now) {
        removeGone(now);
        endLeftOvers(now);
        return false;
    }

    private void endLeftOvers(Instant now) {
        rescueFromGone(now);
        settler.settleNow(forgotten(now), job -> judge.judge(job, lostWithItsNode()));
    }

    /// This node's own claims that it does not run: their result could not be written, or the
    /// connection broke before the claim was answered. First the horizon, then the leases, then
    /// what runs: so a claim that is under way is not taken for a forgotten one.
    private List<Lost> forgotten(Instant now) {
        Instant horizon = worker.knownBefore(now).minus(CLOCK_DOUBT);
        List<Lost> leased = lostWork.ofNodeClaimedBefore(membership.node(), horizon);
        Set<JobId> running = worker.runningJobs();
        return leased.stream().filter(lost -> !running.contains(lost.claim().job().id())).toList();
    }

    /// @return how many runs this call ended
    public int rescue(Instant now) {
        return rescued(now).size();
    }

    /// @return the jobs whose runs this call ended
    public Set<JobId> rescued(Instant now) {
        removeGone(now);
        return rescueFromGone(now);
    }

    private Set<JobId> rescueFromGone(Instant now) {
        Set<JobId> rescued = new HashSet<>();
        database.read(NodeStore::withLeasesButGone).forEach(node -> rescued.addAll(rescue(node)));
        freePermits(now);
        return rescued;
    }

    /// @return whether this call removed a node
    private boolean removeGone(Instant now) {
        boolean removed = false;
        for (Node node : database.read(handle -> NodeStore.others(handle, membership.node()))) {
            if (isGone(node, now)
                    && database.inTransaction(handle -> isRemoved(handle, node, now))) {
                LOG.warn("Node {} is gone (last heard of {})", node.id(), node.heartbeatAt());
                events.publish(new NodeLost(node.id()));
                removed = true;
            }
        }
        return removed;
    }

    /// Of a node that may only be frozen, what its work holds stays held.
    private boolean isRemoved(Handle handle, Node node, Instant now) {
        if (!NodeStore.remove(handle, node)) {
            return false;
        }
        Holder holder = new Holder(node.host(), node.pid(), node.pidStartedAt(), node.presence());
        if (!isDead(handle, holder)) {
            permits.keep(handle, node.id(), holder, now.plus(HeldPermits.SILENT_MAX));
        }
        return true;
    }

    private void freePermits(Instant now) {
        for (Held held : permits.all()) {
            boolean isTimeUp = !held.until().isAfter(now);
            if (isTimeUp || database.read(handle -> isDead(handle, held.holder()))) {
                LOG.warn(
                        "The permit of {} that job {} held is free: {}",
                        held.pool(),
                        held.job(),
                        isTimeUp ? "nothing was heard of its node" : "its node is dead");
                permits.free(held);
            }
        }
    }

    /// Known to be dead, not only silent. A silent process whose connection is gone, too, has
    /// stopped its work, if it could do anything at all.
    private static boolean isDead(Handle handle, Holder holder) {
        Integer presence = holder.presence();
        return ThisProcess.isDead(holder.host(), holder.pid(), holder.pidStartedAt())
                || (presence != null && Presence.isGone(handle, presence));
    }

    private Set<JobId> rescue(NodeId gone) {
        Set<JobId> rescued = new HashSet<>();
        List<Lost> lost = lostWork.ofNodes(List.of(gone));
        while (!lost.isEmpty()) {
            Set<JobId> ended =
                    settler.settleNow(lost, job -> judge.judgeLost(job, lostWithItsNode()));
            rescued.addAll(ended);
            lost = ended.isEmpty() ? List.of() : lostWork.ofNodes(List.of(gone));
        }
        if (!rescued.isEmpty()) {
            events.publish(new WorkRescued(gone, rescued.size()));
        }
        return rescued;
    }

    private boolean isGone(Node node, Instant now) {
        return node.heartbeatAt().isBefore(now.minus(leaseDuration))
                || ThisProcess.isDead(node.host(), node.pid(), node.pidStartedAt());
    }

    private static Outcome lostWithItsNode() {
        return Outcome.Failed.of(
                "Ended by recovery: the node that ran it was lost.", Outcome.NODE_LOST, true);
    }
}
