package dev.convergence.engine.worker;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.NodeId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.loop.Duty;
import dev.convergence.engine.loop.Waiter;
import dev.convergence.engine.queue.Claim;
import dev.convergence.engine.queue.Claims;
import dev.convergence.engine.queue.Claims.Effort;
import dev.convergence.engine.queue.DirectStart.Try;
import dev.convergence.engine.queue.LeaseView;
import dev.convergence.engine.queue.Queue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A node's hands: claims as many jobs as it has free slots, runs each on a virtual thread.
///
/// It claims nothing that it cannot start at once, so a stop leaves no claimed job unstarted.
public final class Worker implements Duty {

    private static final int TRIES_MAX = 100;
    private static final int MANY_SLOTS = 64;

    /// A claim and its commit cost about as much for a few jobs as for many, and the lanes are held
    /// meanwhile; beyond this, others would wait for them too long.
    private static final int CLAIM_MAX = 2_000;

    private static final Duration PAUSE_BETWEEN_TRIES = Duration.ofMillis(10);

    private final Claims claims;
    private final Queue queue;
    private final JobExecutor executor;
    private final Journal journal;
    private final Supplier<NodeId> node;
    private final int slots;
    private final Map<JobId, Execution> running = new ConcurrentHashMap<>();
    private final Map<Object, Instant> claiming = new ConcurrentHashMap<>();
    private final AtomicInteger occupied = new AtomicInteger();
    private final AtomicBoolean rung = new AtomicBoolean();
    private volatile Runnable onFreeSlot = () -> {};
    private volatile boolean draining;
    private volatile Instant lastFound = Instant.EPOCH;

    public Worker(
            Claims claims,
            Queue queue,
            JobExecutor executor,
            Journal journal,
            Supplier<NodeId> node,
            int slots) {
        this.claims = claims;
        this.queue = queue;
        this.executor = executor;
        this.journal = journal;
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
        return fill(Effort.WHATEVER_IT_TAKES, now);
    }

    /// The same for who comes again by himself, at the latest after [#untilOwedLook].
    public boolean runAgain(Instant now) {
        return fill(Effort.IN_PROPORTION, now);
    }

    /// How long a pause may be, so that no lane is missed for long; empty when any will do: who has
    /// no free slot cannot look, and is woken by the next one.
    public Optional<Duration> untilOwedLook() {
        return freeSlots() > 0 ? claims.untilOwedLook() : Optional.empty();
    }

    private int freeSlots() {
        return draining ? 0 : slots - occupied.get();
    }

    private boolean fill(Effort effort, Instant now) {
        int free = freeSlots();
        if (free < 1 || !isWorthALook()) {
            return false;
        }
        int asked = Math.min(free, claimMax());
        List<Claim> claimed = claim(asked, effort, now);
        if (!claimed.isEmpty()) {
            lastFound = now;
        }
        return again(!claimed.isEmpty() && occupied.get() < slots);
    }

    /// Who found something looks again, and need not ask first.
    private boolean again(boolean isWorthIt) {
        if (isWorthIt) {
            rung();
        }
        return isWorthIt;
    }

    /// A look by itself asks first whether any lane has work: idle nodes are many, and a claim
    /// costs four statements.
    private boolean isWorthALook() {
        return rung.getAndSet(false) || claims.isWorthAnotherTry();
    }

    /// Somebody says that there is work.
    public void rung() {
        rung.set(true);
    }

    /// Of many slots never more than half at once: while one half is being written, the other is
    /// being claimed.
    private int claimMax() {
        return slots < MANY_SLOTS ? slots : Math.min(CLAIM_MAX, slots / 2);
    }

    /// Fills the free slots, and does the work in the caller's thread, one job after the other.
    ///
    /// @return how many jobs ran
    public int runHere(Instant now) {
        int free = freeSlots();
        if (free < 1) {
            return 0;
        }
        List<Execution> begun = new ArrayList<>();
        claims.claim(node.get(), free, Effort.WHATEVER_IT_TAKES, claim -> begun.add(begin(claim)));
        occupied.addAndGet(begun.size());
        begun.forEach(execution ->
                executor.executeHere(execution, () -> ended(execution, occupied::decrementAndGet)));
        return begun.size();
    }

    /// When a look last brought jobs.
    public Instant lastFound() {
        return lastFound;
    }

    /// Claims and starts jobs beyond the slots, because somebody asked for it.
    ///
    /// A caller is told that there is nothing only when there is nothing: lanes that a settling
    /// holds for a moment are looked at again, and jobs that are committed need not be rung for.
    public List<Claim> process(int itemsMax, Instant now) throws InterruptedException {
        for (int attempt = 0; attempt < TRIES_MAX && !draining; attempt++) {
            List<Claim> claimed = claim(itemsMax, Effort.WHATEVER_IT_TAKES, now);
            if (!claimed.isEmpty() || !mayFindMore()) {
                return claimed;
            }
            new Waiter().await(PAUSE_BETWEEN_TRIES);
        }
        return List.of();
    }

    private boolean mayFindMore() {
        return claims.isWorthAnotherTry() || queue.activateForgotten();
    }

    private List<Claim> claim(int atMost, Effort effort, Instant now) {
        Object underWay = new Object();
        claiming.put(underWay, now);
        try {
            return claims.claim(node.get(), atMost, effort, this::start);
        } finally {
            claiming.remove(underWay);
        }
    }

    /// What this node claimed before this instant it runs, or it does not know of it: the answer to
    /// the claim was lost.
    public Instant knownBefore(Instant now) {
        return claiming.values().stream().min(Comparator.naturalOrder()).orElse(now);
    }

    private void start(Claim claim) {
        occupied.incrementAndGet();
        start(claim, occupied::decrementAndGet);
    }

    private void start(Claim claim, Runnable whenEnded) {
        Execution execution = begin(claim);
        Thread.startVirtualThread(
                () -> executor.execute(execution, () -> ended(execution, whenEnded)));
    }

    /// Starts an execution beside the slots, whose claim the caller makes.
    ///
    /// @param whenEnded called when its result is written, or could not be
    public Try begin(Supplier<Try> claim, Runnable whenEnded, Instant now) {
        Object underWay = new Object();
        claiming.put(underWay, now);
        try {
            Try tried = claim.get();
            if (tried instanceof Try.Started started) {
                start(started.claim(), whenEnded);
            }
            return tried;
        } finally {
            claiming.remove(underWay);
        }
    }

    /// Whether this node takes nothing new any more.
    public boolean isDraining() {
        return draining;
    }

    private Execution begin(Claim claim) {
        Execution execution = new Execution(claim, journal);
        running.put(claim.job().id(), execution);
        return execution;
    }

    private void ended(Execution execution, Runnable whenEnded) {
        running.remove(execution.job().id(), execution);
        whenEnded.run();
        rung();
        onFreeSlot.run();
    }

    /// Compares what runs here with the leases: passes on wishes to cancel, and stops work whose
    /// lease is gone, because somebody else may be doing it again.
    public void watchLeases() {
        Map<JobId, Execution> watched = Map.copyOf(running);
        if (watched.isEmpty()) {
            return;
        }
        Map<JobId, LeaseView> leases = queue.leases(watched.keySet());
        watched.forEach((job, execution) -> watch(execution, leases.get(job)));
    }

    private static void watch(Execution execution, @Nullable LeaseView lease) {
        if (lease == null || lease.token() != execution.claim().token()) {
            execution.lose("its lease was taken away.");
        } else {
            lease.cancelReason().ifPresent(execution::cancel);
        }
    }

    public Set<JobId> runningJobs() {
        return Set.copyOf(running.keySet());
    }

    /// Stops what this node runs for a tenant.
    public void cancelAll(TenantId tenant, String reason) {
        running.values().stream()
                .filter(execution -> execution.job().tenant().equals(tenant))
                .forEach(execution -> execution.cancel(reason));
    }

    /// Stops all work, because this node can no longer show that it is alive.
    public void loseAll(String reason) {
        running.values().forEach(execution -> execution.lose(reason));
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
        loseAll("the node that ran it was stopped.");
        return drained;
    }
}
