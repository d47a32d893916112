package dev.convergence.service.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How this node schedules and runs work.
///
/// @param workers 0: nothing runs until process-queue takes it
/// @param tick null: only the endpoint triggers
/// @param ageing how long a job waits to count as one priority higher; null: it never does
public record Execution(
        int workers,
        @Nullable Duration tick,
        Duration pollInterval,
        Duration pipelineRetryBase,
        Duration jobRetryBase,
        BigDecimal retryJitter,
        Duration lease,
        Map<String, Integer> pools,
        @Nullable Duration ageing) {

    private static final Duration HOUR = Duration.ofHours(1);

    public Execution {
        pools = Map.copyOf(pools);
    }

    static Execution read(GivenValues given) {
        Duration base =
                given.read(
                        Variable.CONVERGENCE_RETRY_BASE,
                        Values.duration(Duration.ZERO, Duration.ofDays(1)));
        Duration tick =
                given.readOr(
                        Variable.CONVERGENCE_TICK,
                        text -> durationOrOff(text, Duration.ofMillis(100), HOUR),
                        Duration.ZERO);
        Duration ageing =
                given.readOr(
                        Variable.CONVERGENCE_PRIORITY_AGEING,
                        text -> durationOrOff(text, Duration.ofSeconds(1), Duration.ofDays(1)),
                        Duration.ZERO);
        return new Execution(
                given.readOr(
                        Variable.CONVERGENCE_WORKERS, Values.integer(0, 1000), sensibleWorkers()),
                tick.isZero() ? null : tick,
                given.readOr(
                        Variable.CONVERGENCE_POLL_INTERVAL,
                        Values.duration(Duration.ofMillis(10), HOUR),
                        Duration.ZERO),
                base == null ? Duration.ofSeconds(60) : base,
                base == null ? Duration.ofSeconds(10) : base,
                given.readOr(Variable.CONVERGENCE_RETRY_JITTER, Values::share, BigDecimal.ZERO),
                given.readOr(
                        Variable.CONVERGENCE_LEASE,
                        Values.duration(Duration.ofSeconds(1), HOUR),
                        Duration.ZERO),
                given.readOr(Variable.CONVERGENCE_POOLS, Values::pools, Map.of()),
                ageing.isZero() ? null : ageing);
    }

    private static Duration durationOrOff(String text, Duration least, Duration most) {
        return text.equalsIgnoreCase("off")
                ? Duration.ZERO
                : Values.duration(least, most).apply(text);
    }

    private static int sensibleWorkers() {
        return Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
    }
}
