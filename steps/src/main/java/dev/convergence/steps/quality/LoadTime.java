package dev.convergence.steps.quality;

import dev.convergence.engine.step.DateWindow;
import java.time.Instant;
import java.time.ZoneOffset;

/// When a run began and which days it loads.
record LoadTime(Instant startedAt, DateWindow window) {

    /// The time against which data is fresh or stale: old days that somebody asked for are as fresh
    /// as they can be at their own end.
    Instant freshAt() {
        return window.asked() ? overAt() : startedAt;
    }

    /// When the days were over, or the run began if they are not.
    Instant overAt() {
        Instant end = window.end().plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        return end.isBefore(startedAt) ? end : startedAt;
    }
}
