package dev.convergence.engine.pipeline;

import dev.convergence.engine.time.Cadence;
import dev.convergence.engine.time.DstGap;
import dev.convergence.engine.time.DstOverlap;
import org.jspecify.annotations.Nullable;

/// Reads schedules as configs do, for those who only ask what one means.
public final class Schedules {

    private Schedules() {}

    /// @throws dev.convergence.engine.error.EngineException INVALID_CRON, INVALID_TIMEZONE
    public static Cadence cadence(
            String cron, String timezone, @Nullable DstGap gap, @Nullable DstOverlap overlap) {
        return Cadence.of(
                ConfigRules.cron(cron),
                ConfigRules.zone(timezone),
                gap == null ? DstGap.SHIFT_FORWARD : gap,
                overlap);
    }
}
