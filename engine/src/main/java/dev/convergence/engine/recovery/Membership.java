package dev.convergence.engine.recovery;

import dev.convergence.engine.event.EngineEvent.NodeFenced;
import dev.convergence.engine.event.EngineEvent.NodeJoined;
import dev.convergence.engine.event.EngineEvent.NodeTakenForDead;
import dev.convergence.engine.event.Events;
import dev.convergence.engine.id.NodeId;
import dev.convergence.engine.loop.Duty;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.worker.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This process's place among the nodes: one heartbeat for all its jobs.
///
/// A node that cannot beat stops its own work before its lease ends, so that the rescuer's next
/// attempt does not run beside it. One that was taken for dead meanwhile comes back as a new node.
public final class Membership implements Duty {

    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    /// The share of the lease after which a silent node stops its own work.
    private static final double FENCE_SHARE = 0.8;

    private final Database database;
    private final ThisProcess process;
    private final int slots;
    private final Duration leaseDuration;
    private final Events events;
    private final Presence presence = new Presence();
    private final AtomicReference<NodeId> node = new AtomicReference<>();
    private volatile long lastBeatNanos;
    private volatile boolean fenced;
    private volatile Runnable onTakenForDead = () -> {};

    public Membership(
            Database database,
            ThisProcess process,
            int slots,
            Duration leaseDuration,
            Events events) {
        this.database = database;
        this.process = process;
        this.slots = slots;
        this.leaseDuration = leaseDuration;
        this.events = events;
    }

    /// What to do with the work of a node that others have already taken for dead.
    public void onTakenForDead(Runnable action) {
        onTakenForDead = action;
    }

    /// What shows others that this process lives, although it is silent.
    public Presence presence() {
        return presence;
    }

    public NodeId node() {
        return node.get();
    }

    /// Enters the table of nodes.
    public void join(Instant now) {
        NodeId id = new NodeId(UUID.randomUUID());
        database.transact(handle -> NodeStore.insert(handle, id, process, slots, now));
        node.set(id);
        alive(System.nanoTime());
        events.publish(new NodeJoined(id));
    }

    @Override
    public boolean runOnce(Instant now) {
        long before = System.nanoTime(); // a slow answer must not look like a fresh sign of life
        if (!database.read(handle -> NodeStore.beat(handle, node.get(), presence.number(), now))) {
            LOG.warn("Node {} was taken for dead; it comes back as a new one", node.get());
            onTakenForDead.run();
            events.publish(new NodeTakenForDead(node.get()));
            join(now);
            return true;
        }
        alive(before);
        return false;
    }

    private void alive(long sinceNanos) {
        lastBeatNanos = sinceNanos;
        fenced = false;
    }

    /// Stops this node's work when it has not shown a sign of life for most of its lease.
    ///
    /// Runs in a loop of its own, because a heartbeat that hangs could not do it.
    public Duty fence(Worker worker) {
        return _ -> {
            long silent = System.nanoTime() - lastBeatNanos;
            if (silent > leaseDuration.toNanos() * FENCE_SHARE && worker.runningCount() > 0) {
                tellOnce(Duration.ofNanos(silent), worker.runningCount());
                worker.loseAll("the node lost touch with the database.");
            }
            return false;
        };
    }

    /// Of each silence once, although work that does not stop is told so again and again.
    private void tellOnce(Duration silence, int running) {
        if (!fenced) {
            fenced = true;
            LOG.warn("Node {} was silent for {}; it stops its work", node.get(), silence);
            events.publish(new NodeFenced(node.get(), silence, running));
        }
    }

    /// Leaves the table when all work is done.
    public void leave() {
        database.transact(handle -> NodeStore.leave(handle, node.get()));
    }
}
