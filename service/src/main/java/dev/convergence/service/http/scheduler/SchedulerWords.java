package dev.convergence.service.http.scheduler;

import dev.convergence.api.scheduler.CleanupAnswer;
import dev.convergence.api.scheduler.ProcessAnswer;
import dev.convergence.api.scheduler.QueueStatusAnswer;
import dev.convergence.api.scheduler.StatusAnswer;
import dev.convergence.api.scheduler.TriggerAnswer;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.JobCounts;
import dev.convergence.engine.queue.Claim;
import dev.convergence.engine.queue.LaneView;
import dev.convergence.engine.queue.Repairs.Repaired;
import dev.convergence.engine.run.QueueReport.Counts;
import dev.convergence.engine.schedule.Triggered;
import dev.convergence.engine.slot.SlotOutcome;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the scheduler did, as words on the wire.
final class SchedulerWords {

    private SchedulerWords() {}

    static TriggerAnswer triggered(Triggered triggered, @Nullable Integer limit, Instant now) {
        return new TriggerAnswer(
                triggered.fired(),
                triggered.fired(),
                triggered.skipped(),
                now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS),
                new TriggerAnswer.Details(
                        limit,
                        triggered.due(),
                        triggered.recorded(),
                        triggered.decisions().stream().map(SchedulerWords::run).toList()));
    }

    private static TriggerAnswer.Run run(Triggered.Decision decision) {
        return new TriggerAnswer.Run(
                decision.job().toString(),
                decision.config().toString(),
                decision.tenant().value(),
                decision.tenant().value(),
                decision.outcome() == SlotOutcome.FIRED ? "SCHEDULED" : "SKIPPED",
                decision.outcome().name(),
                decision.dueAt(),
                decision.reason());
    }

    static ProcessAnswer processed(List<Claim> claimed) {
        List<ProcessAnswer.Item> items = claimed.stream().map(SchedulerWords::item).toList();
        if (items.isEmpty()) {
            return new ProcessAnswer(
                    false,
                    "IDLE",
                    null,
                    null,
                    null,
                    null,
                    null,
                    0,
                    items,
                    "There is nothing in the queue that may run now.");
        }
        ProcessAnswer.Item first = items.getFirst();
        return new ProcessAnswer(
                true,
                "PROCESSING",
                first.runId(),
                first.pipelineLoggingId(),
                first.pipelineId(),
                first.tenantId(),
                first.customerId(),
                items.size(),
                items,
                items.size() + " taken from the queue and started.");
    }

    private static ProcessAnswer.Item item(Claim claim) {
        Job job = claim.job();
        return new ProcessAnswer.Item(
                job.id().toString(),
                job.id().run().toString(),
                job.origin().pipelineId(),
                job.type(),
                job.tenant().value(),
                job.tenant().value(),
                "PROCESSING");
    }

    static CleanupAnswer cleaned(
            Map<TenantId, Integer> cleaned, long tenants, Repaired repaired, Instant now) {
        int total = cleaned.values().stream().mapToInt(Integer::intValue).sum();
        return new CleanupAnswer(
                "success",
                total,
                tenants,
                cleaned.size(),
                cleaned.entrySet().stream()
                        .map(entry ->
                                new CleanupAnswer.Cleaned(
                                        entry.getKey().value(),
                                        entry.getKey().value(),
                                        entry.getValue()))
                        .toList(),
                new CleanupAnswer.Repaired(
                        repaired.tickets(),
                        repaired.permits(),
                        repaired.flights(),
                        repaired.lanes()),
                total + " runs that had lasted too long were ended.",
                now);
    }

    static StatusAnswer status(Counts counts, StatusAnswer.@Nullable Queue queue) {
        return new StatusAnswer(
                counts.active(),
                counts.due(),
                counts.waiting(),
                counts.running(),
                counts.completedToday(),
                counts.failedToday(),
                queue == null ? counts.waiting() + counts.running() : counts.waiting(),
                counts.averageSeconds(),
                queue);
    }

    static StatusAnswer.Queue queue(
            LaneView lane, List<JobId> running, boolean isReserved, JobCounts counts) {
        return new StatusAnswer.Queue(
                !lane.isPaused(),
                lane.state().name(),
                running.isEmpty() ? null : running.getFirst().toString(),
                running.stream().map(JobId::toString).toList(),
                isReserved,
                new StatusAnswer.Stats(
                        counts.executed(),
                        counts.succeeded(),
                        counts.failed(),
                        counts.cancelled(),
                        counts.skipped()));
    }

    static QueueStatusAnswer queue(Counts counts) {
        return new QueueStatusAnswer(
                counts.waiting(),
                counts.running(),
                counts.running(),
                counts.completedToday(),
                counts.failedToday(),
                counts.waiting()
                        + counts.running()
                        + counts.completedToday()
                        + counts.failedToday(),
                Math.round(counts.averageWaitSeconds()),
                Map.of(
                        "QUEUED", counts.waiting(),
                        "PROCESSING", counts.running(),
                        "COMPLETED", counts.completedToday(),
                        "FAILED", counts.failedToday()));
    }
}
