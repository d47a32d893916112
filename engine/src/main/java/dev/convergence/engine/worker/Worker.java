package dev.convergence.engine.worker;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.NodeId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.loop.Duty;
import dev.convergence.engine.loop.Waiter;
import dev.convergence.engine.queue.Claim;
import dev.convergence.engine.queue.Claims;
import dev.convergence.engine.queue.Queue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A node's hands: claims as many jobs as it has free slots, runs each on a virtual thread.
///
/// It claims nothing that it cannot start at once, so a stop leaves no claimed job unstarted.
public final class Worker implements Duty {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private static final int TRIES_MAX = 100;
    private static final Duration PAUSE_BETWEEN_TRIES = Duration.ofMillis(10);

    private final Claims claims;
    private final Queue queue;
    private final JobExecutor executor;
    private final Supplier<NodeId> node;
    private final int slots;
    private final Map<JobId, Execution> running = new ConcurrentHashMap<>();
    private final AtomicInteger occupied = new AtomicInteger();
    private volatile Runnable onFreeSlot = () -> {};
    private volatile boolean draining;

    public Worker(
            Claims claims, Queue queue, JobExecutor executor, Supplier<NodeId> node, int slots) {
        this.claims = claims;
        this.queue = queue;
        this.executor = executor;
        this.node = node;
        this.slots = slots;
    }

    /// Who is told that a slot has become free.
    public void onFreeSlot(Runnable listener) {
        onFreeSlot = listener;
    }

    /// Fills the free slots.
    ///
    /// @return true when jobs were found and slots are left, so that another look is worth it
    @Override
    public boolean runOnce(Instant now) {
        int free = slots - occupied.get();
        if (draining || free < 1) {
            return false;
        }
        List<Claim> claimed = claims.claim(node.get(), free, now);
        claimed.forEach(this::start);
        return !claimed.isEmpty() && claimed.size() < free;
    }

    /// Claims and starts jobs beyond the slots, because somebody asked for it.
    ///
    /// A caller is told that there is nothing only when there is nothing: lanes that a settling
    /// holds for a moment are looked at again.
    public List<Claim> process(int itemsMax, Instant now) throws InterruptedException {
        for (int attempt = 0; attempt < TRIES_MAX && !draining; attempt++) {
            List<Claim> claimed = claims.claim(node.get(), itemsMax, now);
            claimed.forEach(this::start);
            if (!claimed.isEmpty() || !claims.isWorthAnotherTry()) {
                return claimed;
            }
            new Waiter().await(PAUSE_BETWEEN_TRIES);
        }
        return List.of();
    }

    private void start(Claim claim) {
        Execution execution = new Execution(claim);
        running.put(claim.job().id(), execution);
        occupied.incrementAndGet();
        Thread.ofVirtual().name("job-" + claim.job().id()).start(() -> run(execution));
    }

    private void run(Execution execution) {
        try {
            executor.execute(execution);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException unwritten) {
            LOG.error(
                    "job {} ended, but its result could not be written; it will be rescued",
                    execution.job().id(),
                    unwritten);
        } finally {
            running.remove(execution.job().id(), execution);
            occupied.decrementAndGet();
            onFreeSlot.run();
        }
    }

    /// Passes on wishes to cancel that callers left in the database.
    public void deliverCancelRequests() {
        if (!running.isEmpty()) {
            queue.cancelRequests(node.get())
                    .forEach((job, reason) -> {
                        Execution execution = running.get(job);
                        if (execution != null) {
                            execution.cancel(reason);
                        }
                    });
        }
    }

    /// Stops what this node runs for a tenant.
    public void cancelAll(TenantId tenant, String reason) {
        running.values().stream()
                .filter(execution -> execution.job().tenant().equals(tenant))
                .forEach(execution -> execution.cancel(reason));
    }

    /// Stops all work, because this node can no longer show that it is alive.
    public void loseAll(String reason) {
        running.values().forEach(execution -> execution.cancel(reason));
    }

    public int runningCount() {
        return running.size();
    }

    public int slots() {
        return slots;
    }

    /// Takes nothing new and waits for what runs.
    ///
    /// @return false when work was still running at the end of the wait; it is cancelled then
    public boolean drain(Duration atMost) throws InterruptedException {
        draining = true;
        long deadline = System.nanoTime() + atMost.toNanos();
        CountDownLatch empty = new CountDownLatch(1);
        onFreeSlot =
                () -> {
                    if (running.isEmpty()) {
                        empty.countDown();
                    }
                };
        while (!running.isEmpty() && System.nanoTime() < deadline) {
            empty.await(
                    Math.min(100, Math.max(1, (deadline - System.nanoTime()) / 1_000_000)),
                    TimeUnit.MILLISECONDS);
        }
        boolean drained = running.isEmpty();
        new ArrayList<>(running.values())
                .forEach(e -> e.cancel("The node that ran it was stopped."));
        return drained;
    }
}
