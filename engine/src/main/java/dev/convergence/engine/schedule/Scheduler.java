package dev.convergence.engine.schedule;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.launch.ScheduledJob;
import dev.convergence.engine.loop.Duty;
import dev.convergence.engine.pipeline.ConfigHistory;
import dev.convergence.engine.queue.Queue;
import dev.convergence.engine.quota.QuotaLedger;
import dev.convergence.engine.quota.QuotaState;
import dev.convergence.engine.schedule.Triggered.Decision;
import dev.convergence.engine.sql.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Fires configs that have come due: exactly one outcome for each due instant, never silence.
///
/// One transaction a batch: lock what is due, decide, write the ledger, make the run, reserve its
/// quota, move the next fire. Two nodes at once share the work; a crash leaves all of a batch or
/// nothing.
public final class Scheduler implements Duty {

    private static final int BATCH_MAX = 500;

    private final Database database;
    private final Queue queue;
    private final RetryPolicy retryDefault;

    public Scheduler(Database database, Queue queue, RetryPolicy retryDefault) {
        this.database = database;
        this.queue = queue;
        this.retryDefault = retryDefault;
    }

    @Override
    public boolean runOnce(Instant now) {
        return triggerBatch(now, BATCH_MAX).due() == BATCH_MAX;
    }

    /// Fires what is due, until nothing is, or `limit` configs are decided.
    public Triggered trigger(Instant now, int limit) {
        long due = database.read(handle -> ScheduleStore.countDue(handle, now));
        List<Decision> decisions = new ArrayList<>();
        int room = Math.min(BATCH_MAX, limit);
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
        return triggered;
    }

    private Triggered decideBatch(Handle handle, Instant now, int batch) {
        List<DueConfig> locked = ScheduleStore.lockDue(handle, now, batch);
        Map<TenantId, List<DueConfig>> byTenant =
                locked.stream()
                        .collect(
                                Collectors.groupingBy(
                                        DueConfig::tenant,
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        List<Decision> decisions = new ArrayList<>();
        byTenant.forEach((tenant, due) -> decisions.addAll(decideTenant(handle, tenant, due, now)));
        return new Triggered(locked.size(), decisions);
    }

    /// Decides a tenant's due configs under the lock of its usage row.
    private List<Decision> decideTenant(
            Handle handle, TenantId tenant, List<DueConfig> due, Instant now) {
        QuotaState quota = QuotaLedger.lock(handle, tenant, now);
        int remaining = quota.remaining();
        int reserved = 0;
        List<Decision> decisions = new ArrayList<>();
        for (DueConfig config : due) {
            ScheduleStore.advance(handle, config.id(), config.nextFire(now));
            if (ScheduleStore.isDecided(handle, config)) {
                continue;
            }
            Decision decision = decide(handle, config, quota, remaining - reserved, now);
            reserved += decision.outcome() == SlotOutcome.FIRED ? 1 : 0;
            decisions.add(decision);
        }
        if (reserved > 0) {
            QuotaLedger.reserve(handle, tenant, quota, reserved, now);
        }
        return decisions;
    }

    private Decision decide(
            Handle handle, DueConfig config, QuotaState quota, int remaining, Instant now) {
        Job job = job(config, now);
        String refusal = config.refusal();
        if (refusal != null) {
            return skip(handle, config, job, SlotOutcome.SKIPPED_SUSPENDED, refusal, now);
        }
        if (remaining < 1) {
            QuotaLedger.exceeded(handle, config.tenant(), quota, now);
            String reason = exhausted(quota).reason();
            return skip(handle, config, job, SlotOutcome.SKIPPED_QUOTA, reason, now);
        }
        if (queue.beginFlight(handle, job).isPresent()) {
            String reason = "Already queued or running: the config's earlier run has not ended.";
            return skip(handle, config, job, SlotOutcome.SKIPPED_OVERLAP, reason, now);
        }
        queue.enqueue(handle, List.of(job));
        return decided(handle, config, job.id(), SlotOutcome.FIRED, null, now);
    }

    /// The state as it is once the batch's earlier configs have taken what was left.
    private static QuotaState exhausted(QuotaState quota) {
        int left = quota.remaining();
        return new QuotaState(
                quota.day(),
                quota.runToday() + left,
                quota.runMonth() + left,
                quota.dailyLimit(),
                quota.monthlyLimit());
    }

    private Decision skip(
            Handle handle,
            DueConfig config,
            Job job,
            SlotOutcome outcome,
            String reason,
            Instant now) {
        queue.recordSkipped(handle, job, reason, now);
        ConfigHistory.ran(handle, config.id(), "SKIPPED", now);
        return decided(handle, config, job.id(), outcome, reason, now);
    }

    private static Decision decided(
            Handle handle,
            DueConfig config,
            JobId job,
            SlotOutcome outcome,
            @Nullable String reason,
            Instant now) {
        ScheduleStore.decide(handle, config, outcome, job, reason, now);
        return new Decision(config.id(), config.tenant(), job, config.dueAt(), outcome, reason);
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
