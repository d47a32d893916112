package dev.convergence.engine;

import static dev.convergence.testkit.Eventually.eventually;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.pipeline.ConfigDraft;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.slot.Slot;
import dev.convergence.engine.slot.SlotFilter;
import dev.convergence.engine.slot.Slots;
import dev.convergence.engine.worker.Execution;
import dev.convergence.engine.worker.JobHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One node, one tenant, and a clock that jumps: what schedules do is read from the ledger.
final class Scheduled {

    static final Duration SOON = Duration.ofSeconds(60);
    private static final int ALL = 100_000;

    final Installation installation = new Installation();
    final AtomicBoolean fails = new AtomicBoolean();
    final Rooms node = installation.node(4, new Ending(fails));
    final TenantId tenant = installation.tenant("acme", 100_000, 10);
    private final Slots slots = new Slots(installation.database);

    Instant now() {
        return installation.clock.instant();
    }

    ConfigId config(String cron, Map<String, @Nullable Object> policy) {
        return config(cron, "UTC", policy);
    }

    ConfigId config(String cron, String zone, Map<String, @Nullable Object> policy) {
        return node.configs()
                .create(
                        tenant,
                        new ConfigDraft(
                                "system",
                                "diagnostics",
                                "probe",
                                null,
                                null,
                                cron,
                                zone,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                policy,
                                null),
                        null,
                        now())
                .id();
    }

    void change(ConfigId config, @Nullable String cron, @Nullable Boolean isActive) {
        change(config, cron, isActive, null, null, null);
    }

    void change(
            ConfigId config,
            @Nullable String cron,
            @Nullable Boolean isActive,
            @Nullable Instant next,
            @Nullable Map<String, @Nullable Object> policy,
            @Nullable Boolean runMissed) {
        node.configs()
                .change(
                        tenant,
                        config,
                        new ConfigDraft(
                                null, null, null, null, null, cron, null, isActive, null, null,
                                null, null, next, policy, runMissed),
                        now());
    }

    /// The clock jumps, and then somebody looks.
    void after(Duration time) {
        installation.clock.advance(time);
        node.scheduler().trigger(now(), Integer.MAX_VALUE);
    }

    /// All that has been put in runs to its end.
    void runAll() {
        node.membership().runOnce(now());
        eventually(
                "everything that is ready has ended",
                SOON,
                () -> {
                    node.worker().runOnce(now());
                    return node.worker().runningCount() == 0
                            && installation.count("SELECT count(*) FROM ready") == 0;
                });
    }

    List<Slot> slots(ConfigId config) {
        return slots.list(new SlotFilter(tenant, config, null, null, null, null, ALL)).reversed();
    }

    /// Due instant and outcome, a line each, the first first.
    List<String> lines(ConfigId config) {
        return slots(config).stream().map(slot -> slot.dueAt() + " " + slot.outcome()).toList();
    }

    long count(ConfigId config, String outcome) {
        return slots(config).stream().filter(s -> s.outcome().name().equals(outcome)).count();
    }

    String reason(ConfigId config, Instant due) {
        return slots(config).stream()
                .filter(slot -> slot.dueAt().equals(due))
                .map(slot -> Objects.toString(slot.reason()))
                .findFirst()
                .orElse("no slot");
    }

    /// A pipeline handler that ends at once.
    private record Ending(AtomicBoolean fails) implements JobHandler {
        @Override
        public String type() {
            return Job.PIPELINE;
        }

        @Override
        public Outcome handle(Execution execution) {
            return fails.get()
                    ? Outcome.Failed.of("It was told to fail.", "TEST", false)
                    : Outcome.Completed.plain();
        }
    }
}
