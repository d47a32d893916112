package dev.convergence.service.http.health;

import dev.convergence.engine.loop.Duty;
import dev.convergence.engine.queue.Depth;
import dev.convergence.engine.queue.Queue;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// How much waits and runs, as of the last look; every node tells the same.
public final class QueueMeters implements Duty {

    private record Look(Depth depth, Instant at) {

        double oldestSeconds() {
            Duration age = depth.oldestReady().map(made -> Duration.between(made, at)).orElse(NONE);
            return age.isNegative() ? 0 : age.toMillis() / 1000.0;
        }
    }

    private static final Duration NONE = Duration.ZERO;

    private final Queue queue;
    private volatile @Nullable Look last;

    public QueueMeters(Queue queue, MeterRegistry registry) {
        this.queue = queue;
        gauge(registry, "queue_ready", look -> look.depth().ready());
        gauge(registry, "queue_deferred", look -> look.depth().deferred());
        gauge(registry, "queue_parked", look -> look.depth().parked());
        gauge(registry, "queue_running", look -> look.depth().running());
        gauge(registry, "queue_lanes_claimable", look -> look.depth().lanesClaimable());
        gauge(registry, "queue_oldest_ready_seconds", Look::oldestSeconds);
        depth(registry, "ready", look -> look.depth().ready());
        depth(registry, "deferred", look -> look.depth().deferred());
        depth(registry, "parked", look -> look.depth().parked());
        depth(registry, "running", look -> look.depth().running());
        gauge(registry, "convergence_queue_oldest_seconds", Look::oldestSeconds);
    }

    private void depth(MeterRegistry registry, String state, ToDoubleFunction<Look> value) {
        Gauge.builder("convergence_queue_depth", () -> value(value))
                .tag("state", state)
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, ToDoubleFunction<Look> value) {
        Gauge.builder(name, () -> value(value)).register(registry);
    }

    private double value(ToDoubleFunction<Look> value) {
        Look look = last;
        return look == null ? Double.NaN : value.applyAsDouble(look);
    }

    @Override
    public boolean runOnce(Instant now) {
        last = new Look(queue.depth(), now);
        return false;
    }
}
