package dev.convergence.service.http.health;

import dev.convergence.engine.event.EngineEvent;
import dev.convergence.engine.event.EngineEvent.BatchFired;
import dev.convergence.engine.event.EngineEvent.ClaimMade;
import dev.convergence.engine.event.EngineEvent.JobEnded;
import dev.convergence.engine.event.EngineEvent.QualityChecked;
import dev.convergence.engine.event.EngineEvent.RunRefused;
import dev.convergence.engine.event.EngineEvent.SlotsRecorded;
import dev.convergence.engine.event.EngineEvent.WebhookSent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Info;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/// The few numbers that dashboards and alerts are made of, under names that say whose they are, and
/// without a tenant: an installation of ten thousand has as many series as one of ten.
final class PlatformMeters {

    private static final String NONE = "none";
    private static final int PROVIDER = 1;
    private static final int DOMAIN = 2;
    private static final int PARTS_MIN = 4;
    private static final Duration[] RUN_BUCKETS =
            seconds(1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600);
    private static final Duration[] LAG_BUCKETS = seconds(1, 5, 10, 30, 60, 120, 300, 900, 3600);
    private static final Map<String, String> RESOURCES =
            Map.of(
                    "DAILY_QUOTA_EXCEEDED", "DAILY",
                    "MONTHLY_QUOTA_EXCEEDED", "MONTHLY",
                    "CONCURRENT_LIMIT_EXCEEDED", "CONCURRENT");

    private final MeterRegistry registry;
    private final Timer claims;
    private final Timer lag;

    PlatformMeters(MeterRegistry registry, String version) {
        this.registry = registry;
        claims = registry.timer("convergence_queue_claim");
        lag =
                Timer.builder("convergence_schedule_lag")
                        .serviceLevelObjectives(LAG_BUCKETS)
                        .register(registry);
        Stream.of("COMPLETED", "FAILED", "SKIPPED", "CANCELLED").forEach(this::begin);
        RESOURCES.values().forEach(this::refused);
        Stream.of("DELIVERED", "FAILED").forEach(this::delivered);
        Stream.of("PASSED", "FAILED").forEach(this::checked);
        registry.counter("convergence_slots", "outcome", "FIRED");
        if (registry instanceof PrometheusMeterRegistry prometheus) {
            tellVersion(prometheus, version);
        }
    }

    /// Micrometer takes the end off this name: only Prometheus' own kind of metric may have it.
    private static void tellVersion(PrometheusMeterRegistry registry, String version) {
        Info.builder()
                .name("convergence_build_info")
                .help("The version of this node.")
                .labelNames("version")
                .register(registry.getPrometheusRegistry())
                .addLabelValues(version);
    }

    private static Duration[] seconds(int... counts) {
        return Arrays.stream(counts).mapToObj(Duration::ofSeconds).toArray(Duration[]::new);
    }

    private void begin(String state) {
        duration(state);
        registry.counter("convergence_runs", "state", state, "provider", NONE, "domain", NONE);
    }

    void on(EngineEvent event) {
        switch (event) {
            case JobEnded ended -> count(ended);
            case ClaimMade claim -> claims.record(claim.duration());
            case BatchFired batch -> {
                lag.record(batch.lag());
                count(batch.outcomes());
            }
            case SlotsRecorded recorded -> count(recorded.outcomes());
            case RunRefused run ->
                    registry.counter(
                                    "convergence_quota_refusals",
                                    "resource",
                                    RESOURCES.getOrDefault(run.code(), NONE))
                            .increment();
            case QualityChecked checked -> {
                checked("PASSED").increment(checked.passed());
                checked("FAILED").increment(checked.failed());
            }
            case WebhookSent sent when !sent.state().equals("PENDING") ->
                    registry.counter("convergence_webhook_deliveries", "result", sent.state())
                            .increment();
            default -> {}
        }
    }

    /// A pipeline's id is tenant, provider, domain and template, with hyphens between.
    private void count(JobEnded ended) {
        String[] parts = ended.what().split("-", PARTS_MIN);
        boolean isPipeline = parts.length == PARTS_MIN && parts[0].equals(ended.tenant().value());
        registry.counter(
                        "convergence_runs",
                        "state",
                        ended.state(),
                        "provider",
                        isPipeline ? parts[PROVIDER] : NONE,
                        "domain",
                        isPipeline ? parts[DOMAIN] : NONE)
                .increment();
        duration(ended.state()).record(ended.duration());
    }

    private Timer duration(String state) {
        return Timer.builder("convergence_run_duration")
                .serviceLevelObjectives(RUN_BUCKETS)
                .tag("state", state)
                .register(registry);
    }

    private void count(Map<String, Integer> outcomes) {
        outcomes.forEach((outcome, count) ->
                registry.counter("convergence_slots", "outcome", outcome).increment(count));
    }

    private void refused(String resource) {
        registry.counter("convergence_quota_refusals", "resource", resource);
    }

    private Counter checked(String result) {
        return registry.counter("convergence_dq_results", "result", result);
    }

    private void delivered(String result) {
        registry.counter("convergence_webhook_deliveries", "result", result);
    }
}
