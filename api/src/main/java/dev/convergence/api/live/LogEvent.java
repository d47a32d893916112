package dev.convergence.api.live;

import java.time.Instant;
import java.util.List;

/// Lines of a run's log, in order.
public record LogEvent(List<Line> lines) {

    public record Line(int number, Instant at, String text) {}
}
