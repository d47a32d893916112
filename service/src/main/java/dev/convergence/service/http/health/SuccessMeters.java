package dev.convergence.service.http.health;

import dev.convergence.engine.loop.Duty;
import dev.convergence.engine.pipeline.PipelineConfigs;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;

/// How many pipelines have not succeeded for two of their intervals, as of the last look; every
/// node tells the same. Which ones is no label: there may be thousands of them.
public final class SuccessMeters implements Duty {

    private static final int COUNTED_MAX = 100_000;

    private final PipelineConfigs configs;
    private volatile double without = Double.NaN;

    public SuccessMeters(PipelineConfigs configs, MeterRegistry registry) {
        this.configs = configs;
        Gauge.builder("convergence_pipelines_without_success", this, meters -> meters.without)
                .register(registry);
    }

    @Override
    public boolean runOnce(Instant now) {
        without = configs.withoutSuccess(COUNTED_MAX);
        return false;
    }
}
