package dev.convergence.engine.schedule;

import dev.convergence.engine.event.EngineEvent.BatchFired;
import dev.convergence.engine.event.Events;
import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.launch.ScheduledJob;
import dev.convergence.engine.loop.Duty;
import dev.convergence.engine.pipeline.ConfigHistory;
import dev.convergence.engine.pipeline.ConfigHistory.Ran;
import dev.convergence.engine.queue.DueJobs;
import dev.convergence.engine.queue.DueJobs.Skipped;
import dev.convergence.engine.queue.Queue;
import dev.convergence.engine.quota.QuotaLedger;
import dev.convergence.engine.quota.QuotaState;
import dev.convergence.engine.schedule.Candidate.Decided;
import dev.convergence.engine.schedule.Triggered.Decision;
import dev.convergence.engine.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Fires configs that have come due: exactly one outcome for each due instant, never silence.
///
/// One transaction a batch: lock what is due, decide, write the ledger, make the runs, reserve
/// their quota, move the next fires. Each is one statement for the whole batch, so their number
/// does not grow with what is due. Two nodes at once share the work; a crash leaves all of a batch
/// or nothing.
public final class Scheduler implements Duty {

    /// Between two looks at something due that another node is at.
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);

    private static final int BATCH_MAX = 1000;

    private final Database database;
    private final Queue queue;
    private final RetryPolicy retryDefault;
    private final Events events;

    public Scheduler(Database database, Queue queue, RetryPolicy retryDefault, Events events) {
        this.database = database;
        this.queue = queue;
        this.retryDefault = retryDefault;
        this.events = events;
    }

    @Override
    public boolean runOnce(Instant now) {
        return database.read(handle -> ScheduleStore.isAnyDue(handle, now))
                && triggerBatch(now, BATCH_MAX).due() == BATCH_MAX;
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
        List<Decision> decisions = new ArrayList<>();
        int room = due == 0 ? 0 : Math.min(BATCH_MAX, limit);
        while (room > 0) {
            Triggered batch = triggerBatch(now, room);
            decisions.addAll(batch.decisions());
            room = batch.due() < room ? 0 : Math.min(BATCH_MAX, limit - decisions.size());
        }
        return new Triggered(due, decisions);
    }

    /// Decides one batch; `due` is how many configs it found, decided before or not.
    private Triggered triggerBatch(Instant now, int batch) {
        Triggered triggered = database.inTransaction(handle -> decideBatch(handle, now, batch));
        queue.committed(
                triggered.decisions().stream()
                        .filter(d -> d.outcome() == SlotOutcome.FIRED)
                        .map(Decision::tenant)
                        .collect(Collectors.toSet()));
        tell(triggered.decisions(), now);
        return triggered;
    }

    private void tell(List<Decision> decisions, Instant now) {
        decisions.stream()
                .map(Decision::dueAt)
                .min(Instant::compareTo)
                .ifPresent(oldest ->
                        events.publish(
                                new BatchFired(
                                        decisions.stream()
                                                .collect(
                                                        Collectors.toMap(
                                                                one -> one.outcome().name(),
                                                                _ -> 1,
                                                                Integer::sum)),
                                        Duration.between(oldest, now))));
    }

    private Triggered decideBatch(Handle handle, Instant now, int batch) {
        DueJobs.fixPlans(handle);
        List<DueConfig> due = ScheduleStore.lockDue(handle, now, batch);
        if (due.isEmpty()) {
            return new Triggered(0, List.of());
        }
        List<Decided> decided = decide(handle, due, now);
        ScheduleStore.advance(handle, NextFires.after(due, now));
        ConfigHistory.ran(handle, skippedConfigs(decided), now);
        return new Triggered(due.size(), decided.stream().map(Decided::decision).toList());
    }

    /// Decides under the locks of the tenants' usage rows, which come before those of flights: who
    /// settles takes them in the same order.
    private List<Decided> decide(Handle handle, List<DueConfig> due, Instant now) {
        Map<TenantId, QuotaState> quotas = QuotaLedger.lock(handle, tenants(due), now);
        List<Candidate> candidates = candidates(handle, due, now);
        List<Candidate> hopeful = Decider.hopeful(candidates, quotas);
        Set<JobId> inFlight = DueJobs.beginFlights(handle, jobs(hopeful));
        List<Decided> decided = Decider.decide(candidates, quotas, inFlight);
        DueJobs.endFlights(handle, grounded(decided, inFlight));
        queue.enqueue(handle, fired(decided));
        DueJobs.recordSkipped(handle, skipped(decided), now);
        ScheduleStore.decide(handle, decided.stream().map(Decided::decision).toList(), now);
        QuotaLedger.reserve(handle, Reservations.of(decided, quotas), now);
        return decided;
    }

    private List<Candidate> candidates(Handle handle, List<DueConfig> due, Instant now) {
        Set<ConfigId> before = ScheduleStore.decided(handle, due);
        return due.stream()
                .filter(config -> !before.contains(config.id()))
                .map(config -> new Candidate(config, job(config, now)))
                .toList();
    }

    private static Set<TenantId> tenants(List<DueConfig> due) {
        return due.stream().map(DueConfig::tenant).collect(Collectors.toSet());
    }

    private static List<Job> jobs(List<Candidate> candidates) {
        return candidates.stream().map(Candidate::job).toList();
    }

    private static List<Job> fired(List<Decided> decided) {
        return decided.stream().filter(Decided::isFired).map(Decided::job).toList();
    }

    /// Those that had begun a flight before others took what was left of the quota.
    private static List<Job> grounded(List<Decided> decided, Set<JobId> inFlight) {
        return decided.stream()
                .filter(one -> !one.isFired() && inFlight.contains(one.job().id()))
                .map(Decided::job)
                .toList();
    }

    private static List<Skipped> skipped(List<Decided> decided) {
        return decided.stream()
                .filter(one -> !one.isFired())
                .map(one -> new Skipped(one.job(), String.valueOf(one.reason())))
                .toList();
    }

    private static List<Ran> skippedConfigs(List<Decided> decided) {
        return decided.stream()
                .filter(one -> !one.isFired())
                .map(one -> new Ran(one.candidate().config().id(), "SKIPPED"))
                .toList();
    }

    private Job job(DueConfig config, Instant now) {
        return ScheduledJob.of(
                config.tenant(),
                config.id(),
                config.template(),
                config.parameters(),
                config.priority(),
                config.retryPolicy(retryDefault),
                config.dueAt(),
                now);
    }
}
