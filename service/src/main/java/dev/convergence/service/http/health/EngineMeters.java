package dev.convergence.service.http.health;

import dev.convergence.engine.error.ErrorCategory;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.event.EngineEvent;
import dev.convergence.engine.event.EngineEvent.BatchFired;
import dev.convergence.engine.event.EngineEvent.ClaimMade;
import dev.convergence.engine.event.EngineEvent.JobEnded;
import dev.convergence.engine.event.EngineEvent.JobGivenUp;
import dev.convergence.engine.event.EngineEvent.LateCompletionRefused;
import dev.convergence.engine.event.EngineEvent.ListenerModeChanged;
import dev.convergence.engine.event.EngineEvent.NodeFenced;
import dev.convergence.engine.event.EngineEvent.NodeJoined;
import dev.convergence.engine.event.EngineEvent.NodeLost;
import dev.convergence.engine.event.EngineEvent.NodeTakenForDead;
import dev.convergence.engine.event.EngineEvent.NotificationSent;
import dev.convergence.engine.event.EngineEvent.NotificationUncertain;
import dev.convergence.engine.event.EngineEvent.QualityChecked;
import dev.convergence.engine.event.EngineEvent.QuotaAlarm;
import dev.convergence.engine.event.EngineEvent.RunRefused;
import dev.convergence.engine.event.EngineEvent.SettlementWritten;
import dev.convergence.engine.event.EngineEvent.SlotsRecorded;
import dev.convergence.engine.event.EngineEvent.WebhookSent;
import dev.convergence.engine.event.EngineEvent.WorkRescued;
import dev.convergence.engine.event.EngineListener;
import dev.convergence.engine.event.WakeUp;
import dev.convergence.engine.slot.SlotOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Counts what the engine tells of this node; all meters are there from the start, with nothing in
/// them.
public final class EngineMeters implements EngineListener {

    private static final String WARNING = "WARNING";
    private static final String EXCEEDED = "EXCEEDED";

    private final PipelineMeters pipelines;
    private final PlatformMeters platform;
    private final Timer claims;
    private final DistributionSummary claimJobs;
    private final Timer settlements;
    private final DistributionSummary settlementJobs;
    private final Counter retries;
    private final Counter failures;
    private final Counter lateCompletions;
    private final Counter joins;
    private final Counter losses;
    private final Counter rescued;
    private final Counter fences;
    private final Counter takenForDead;
    private final Counter deadLetters;
    private final Timer lag;
    private final Map<String, Counter> slots;
    private final WebhookMeters.Sent webhooks;
    private final NotificationMeters.Sent notifications;
    private final Map<String, Counter> refusals;
    private final Map<String, Counter> alarms;
    private volatile double byNotification = Double.NaN;

    public EngineMeters(MeterRegistry registry, PipelineMeters pipelines, String version) {
        this.pipelines = pipelines;
        platform = new PlatformMeters(registry, version);
        claims = registry.timer("engine_claims");
        claimJobs = registry.summary("engine_claim_jobs");
        settlements = registry.timer("engine_settlements");
        settlementJobs = registry.summary("engine_settlement_jobs");
        retries = registry.counter("engine_retries");
        failures = registry.counter("engine_final_failures");
        lateCompletions = registry.counter("engine_late_completions_refused");
        joins = registry.counter("engine_nodes_joined");
        losses = registry.counter("engine_nodes_lost");
        rescued = registry.counter("engine_attempts_rescued");
        fences = registry.counter("engine_node_fenced");
        takenForDead = registry.counter("engine_node_taken_for_dead");
        deadLetters = registry.counter("engine_dead_letters");
        lag = registry.timer("schedule_lag");
        webhooks = new WebhookMeters.Sent(registry);
        notifications = new NotificationMeters.Sent(registry);
        slots =
                counters(
                        registry,
                        "schedule_slots",
                        "outcome",
                        Stream.of(SlotOutcome.values()).map(Enum::name));
        refusals =
                counters(
                        registry,
                        "quota_refusals",
                        "code",
                        Stream.of(ErrorCode.values())
                                .filter(code -> code.category() == ErrorCategory.QUOTA)
                                .filter(code -> code != ErrorCode.RATE_LIMIT_EXCEEDED)
                                .map(Enum::name));
        alarms = counters(registry, "quota_alarms", "kind", Stream.of(WARNING, EXCEEDED));
        Gauge.builder("engine_wake_up_by_notification", this, meters -> meters.byNotification)
                .register(registry);
    }

    @Override
    public void on(EngineEvent event) {
        platform.on(event);
        switch (event) {
            case JobEnded ended -> count(ended);
            case LateCompletionRefused _ -> lateCompletions.increment();
            case ClaimMade claim -> {
                claims.record(claim.duration());
                claimJobs.record(claim.count());
            }
            case SettlementWritten written -> {
                settlements.record(written.duration());
                settlementJobs.record(written.count());
            }
            case NodeJoined _ -> joins.increment();
            case NodeLost _ -> losses.increment();
            case WorkRescued work -> rescued.increment(work.count());
            case NodeFenced _ -> fences.increment();
            case NodeTakenForDead _ -> takenForDead.increment();
            case JobGivenUp _ -> deadLetters.increment();
            case WebhookSent sent -> webhooks.count(sent);
            case NotificationSent sent -> notifications.count(sent);
            case NotificationUncertain _ -> notifications.countUncertain();
            case ListenerModeChanged change ->
                    byNotification = change.mode() == WakeUp.NOTIFY ? 1 : 0;
            case BatchFired batch -> {
                lag.record(batch.lag());
                count(batch.outcomes());
            }
            case SlotsRecorded recorded -> count(recorded.outcomes());
            case QualityChecked _ -> {} // the platform's meters count them
            case RunRefused refused -> increment(refusals, refused.code());
            case QuotaAlarm alarm -> increment(alarms, alarm.isExceeded() ? EXCEEDED : WARNING);
        }
    }

    private void count(JobEnded ended) {
        pipelines.finished(ended.tenant(), ended.what(), ended.state(), ended.duration());
        if (ended.isRetried()) {
            retries.increment();
        } else if (ended.isGivenUp()) {
            failures.increment();
        }
    }

    private void count(Map<String, Integer> outcomes) {
        outcomes.forEach((outcome, count) -> {
            Counter slot = slots.get(outcome);
            if (slot != null) {
                slot.increment(count);
            }
        });
    }

    private static void increment(Map<String, Counter> counters, String word) {
        Counter counter = counters.get(word);
        if (counter != null) {
            counter.increment();
        }
    }

    private static Map<String, Counter> counters(
            MeterRegistry registry, String name, String label, Stream<String> words) {
        return words.collect(
                Collectors.toMap(word -> word, word -> registry.counter(name, label, word)));
    }
}
