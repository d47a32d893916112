package dev.convergence.engine.schedule;

import dev.convergence.engine.event.EngineEvent.BatchFired;
import dev.convergence.engine.event.EngineEvent.SlotsRecorded;
import dev.convergence.engine.event.Events;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.launch.RetryDefaults;
import dev.convergence.engine.loop.Duty;
import dev.convergence.engine.queue.Queue;
import dev.convergence.engine.schedule.Candidate.Decided;
import dev.convergence.engine.schedule.Triggered.Decision;
import dev.convergence.engine.slot.GapCloser;
import dev.convergence.engine.slot.SlotOutcome;
import dev.convergence.engine.slot.SlotTaken;
import dev.convergence.engine.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/// Fires configs that have come due: exactly one outcome for each due instant, never silence.
///
/// Two nodes at once share the work, and so do two batches of one node; see [Batch]. What did not
/// fire because nobody looked is written down afterwards, see [GapCloser].
public final class Scheduler implements Duty {

    /// Between two looks at something due that another node is at.
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);

    private static final int BATCH_MAX = 1000;

    /// Batches of a share until the node's loop looks whether it is to stop.
    private static final int BATCHES_MAX = 20;

    /// What one trigger writes down at most of what was missed; the rest follows.
    private static final int GAP_BATCHES_MAX = 40;

    private final Database database;
    private final Queue queue;
    private final RetryDefaults retries;
    private final Events events;
    private final GapCloser gaps;

    public Scheduler(Database database, Queue queue, RetryDefaults retries, Events events) {
        this.database = database;
        this.queue = queue;
        this.retries = retries;
        this.events = events;
        gaps = new GapCloser(database);
    }

    @Override
    public boolean runOnce(Instant now) {
        boolean isMore =
                database.read(handle -> ScheduleStore.isAnyDue(handle, now))
                        && fire(now, BATCHES_MAX, new ConcurrentLinkedQueue<>());
        boolean isOpen = gaps.isNeeded() && closeGaps(1) > 0;
        return isMore || isOpen;
    }

    /// How long to pause: until the next config is due, at most a tick, because an earlier one may
    /// be made meanwhile.
    public Duration pause(Instant now, Duration tick) {
        try {
            return database.read(ScheduleStore::nextDue)
                    .map(due -> Duration.between(now, due))
                    .filter(wait -> wait.compareTo(tick) < 0)
                    .map(wait -> wait.isPositive() ? wait : SHORTEST_PAUSE)
                    .orElse(tick);
        } catch (RuntimeException unanswered) {
            return tick; // the next round will tell what is wrong
        }
    }

    /// Fires what is due, until nothing is, or `limit` configs are decided.
    public Triggered trigger(Instant now, int limit) {
        long due = database.read(handle -> ScheduleStore.countDue(handle, now));
        Collection<Decision> decisions = new ConcurrentLinkedQueue<>();
        if (due > 0 && limit == Integer.MAX_VALUE) {
            fire(now, Integer.MAX_VALUE, decisions);
        } else if (due > 0) {
            fireSome(now, limit, decisions);
        }
        return new Triggered(due, List.copyOf(decisions), closeGaps(GAP_BATCHES_MAX));
    }

    private void fireSome(Instant now, int limit, Collection<Decision> decisions) {
        int room = limit;
        boolean isMore = true;
        while (room > 0 && isMore) {
            Batch.Result batch = batch(now, Share.ALL, Math.min(BATCH_MAX, room), decisions);
            room -= batch.configs();
            isMore = batch.isMore();
        }
    }

    /// Few in one batch; many in shares side by side.
    ///
    /// @return whether there may be more
    private boolean fire(Instant now, int batchesMax, Collection<Decision> decisions) {
        if (!batch(now, Share.ALL, BATCH_MAX, decisions).isMore()) {
            return false;
        }
        return SideBySide.run(
                Share.COUNT, share -> fireShare(new Share(share), now, batchesMax, decisions));
    }

    private boolean fireShare(
            Share share, Instant now, int batchesMax, Collection<Decision> decisions) {
        boolean isMore = true;
        for (int count = 0; isMore && count < batchesMax; count++) {
            isMore = batch(now, share, BATCH_MAX, decisions).isMore();
        }
        return isMore;
    }

    private Batch.Result batch(Instant now, Share share, int size, Collection<Decision> decisions) {
        Batch.Result batch = committed(now, share, size);
        queue.committed(
                batch.decided().stream()
                        .filter(one -> one.isFired() && !one.waits())
                        .map(one -> one.job().tenant())
                        .collect(Collectors.toSet()));
        batch.decided().forEach(one -> cancelReplaced(one, now));
        tell(batch.decided(), now);
        batch.decided().forEach(one -> decisions.add(one.decision()));
        return batch;
    }

    private Batch.Result committed(Instant now, Share share, int size) {
        try {
            return committed(now, Batch.Ledger.BELIEVED_OPEN, share, size);
        } catch (SlotTaken believedOpen) {
            return committed(now, Batch.Ledger.ASKED, share, size);
        }
    }

    private Batch.Result committed(Instant now, Batch.Ledger ledger, Share share, int size) {
        return database.inTransaction(
                handle -> Batch.run(queue, retries, handle, ledger, share, size, now));
    }

    /// After the commit, because who cancels locks in another order. A node that dies in between
    /// leaves the new run waiting for the old one's end, or for the next due instant.
    private void cancelReplaced(Decided decided, Instant now) {
        TenantId tenant = decided.job().tenant();
        for (JobId replaced : decided.replaced()) {
            queue.cancel(
                    tenant,
                    replaced,
                    "Replaced by the run that is due at " + decided.candidate().dueAt() + ".",
                    now);
        }
    }

    private void tell(List<Decided> decided, Instant now) {
        decided.stream()
                .map(Decided::effectiveAt)
                .min(Instant::compareTo)
                .ifPresent(oldest ->
                        events.publish(
                                new BatchFired(
                                        decided.stream()
                                                .collect(
                                                        Collectors.toMap(
                                                                one -> one.outcome().name(),
                                                                _ -> 1,
                                                                Integer::sum)),
                                        Duration.between(oldest, now))));
    }

    /// @return how many rows were written
    private long closeGaps(int batchesMax) {
        long rows = 0;
        for (int count = 0; count < batchesMax; count++) {
            Map<SlotOutcome, Integer> written = gaps.close();
            if (written.isEmpty()) {
                return rows;
            }
            events.publish(new SlotsRecorded(names(written)));
            rows += written.values().stream().mapToInt(Integer::intValue).sum();
        }
        return rows;
    }

    private static Map<String, Integer> names(Map<SlotOutcome, Integer> counts) {
        return counts.entrySet().stream()
                .collect(Collectors.toMap(one -> one.getKey().name(), Map.Entry::getValue));
    }
}
