package dev.convergence.engine;

import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.recovery.RetentionPeriods;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// How a node's engine is set up.
///
/// @param slots how many jobs this node runs at once; 0 leaves all work to `process-queue`
/// @param lease how long a silent node keeps its work
/// @param tick how often to look for due configs; empty leaves it to the trigger
/// @param poll how often an idle worker looks although nobody rang
/// @param retry of pipelines that say nothing else
/// @param retryJitter the share by which a pause may move
/// @param pools installation-wide resources and their capacities
/// @param workRoot where runs get their workspaces
/// @param kept how long history is kept
/// @param ageing how long a job waits to count as one priority higher; empty: it never does
public record EngineConfig(
        int slots,
        Duration lease,
        Optional<Duration> tick,
        Duration poll,
        RetryPolicy retry,
        double retryJitter,
        Map<String, Integer> pools,
        Path workRoot,
        RetentionPeriods kept,
        Optional<Duration> ageing) {

    public EngineConfig {
        pools = Map.copyOf(pools);
    }

    /// An engine that keeps history as long as is usual, and whose priorities are strict.
    public EngineConfig(
            int slots,
            Duration lease,
            Optional<Duration> tick,
            Duration poll,
            RetryPolicy retry,
            double retryJitter,
            Map<String, Integer> pools,
            Path workRoot) {
        this(
                slots,
                lease,
                tick,
                poll,
                retry,
                retryJitter,
                pools,
                workRoot,
                RetentionPeriods.DEFAULT,
                Optional.empty());
    }
}
