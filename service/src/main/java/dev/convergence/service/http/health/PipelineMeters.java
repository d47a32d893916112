package dev.convergence.service.http.health;

import dev.convergence.engine.id.TenantId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/// What pipelines count: executions, durations, what is active, and how full the quotas are.
///
/// Beyond a number of tenants their numbers are summed under `other`, so that a large installation
/// does not drown its monitoring in series.
public final class PipelineMeters {

    private static final int LABELS_MAX = 5_000;
    private static final String OTHER = "other";
    private static final String TENANT = "tenant_id";
    private static final String PIPELINE = "pipeline_id";
    private static final Duration[] BUCKETS =
            Stream.of(1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600)
                    .map(Duration::ofSeconds)
                    .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Set<String> labels = ConcurrentHashMap.newKeySet();
    private final Map<Tags, AtomicReference<Double>> gauges = new ConcurrentHashMap<>();

    public PipelineMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    public void finished(TenantId tenant, String pipelineId, String status, Duration duration) {
        Tags tags = pipeline(tenant, pipelineId);
        registry.counter("pipeline_executions", tags.and("status", status)).increment();
        Timer.builder("pipeline_duration")
                .serviceLevelObjectives(BUCKETS)
                .tags(tags)
                .register(registry)
                .record(duration);
    }

    public void active(TenantId tenant, long running) {
        set("active_pipelines", Tags.of(TENANT, label(tenant.value())), (double) running);
    }

    /// @param quota DAILY, MONTHLY or CONCURRENT
    /// @param share used by limit; 1 is full
    public void quotaUtilization(TenantId tenant, String quota, double share) {
        Tags tags = Tags.of(TENANT, label(tenant.value()), "quota_type", quota);
        set("quota_utilization", tags, share);
    }

    private Tags pipeline(TenantId tenant, String pipelineId) {
        return label(tenant.value() + '/' + pipelineId).equals(OTHER)
                ? Tags.of(TENANT, OTHER, PIPELINE, OTHER)
                : Tags.of(TENANT, tenant.value(), PIPELINE, pipelineId);
    }

    private String label(String name) {
        return labels.contains(name) || (labels.size() < LABELS_MAX && labels.add(name))
                ? name
                : OTHER;
    }

    private void set(String name, Tags tags, double value) {
        gauges.computeIfAbsent(tags, _ -> gauge(name, tags)).set(value);
    }

    private AtomicReference<Double> gauge(String name, Tags tags) {
        AtomicReference<Double> held = new AtomicReference<>(0.0);
        Gauge.builder(name, held, AtomicReference::get).tags(tags).register(registry);
        return held;
    }
}
