package dev.convergence.benchmark.engine.line;

import java.time.Duration;
import java.util.Set;

/// How much is measured.
///
/// @param jobs how many jobs a drain begins with; slow contestants get fewer
/// @param rounds how often each line is measured, after its warm-up
/// @param warmUp for how long a contestant drains before it is measured
/// @param scale how big the lines are that have a size of their own
public record Plan(int jobs, int rounds, Duration warmUp, Scale scale, Set<Line> lines) {

    private static final int SINGLY_SHARE = 5;
    private static final int SINGLY_LEAST = 2_000;

    /// @param schedules how many come due at once
    /// @param backlog how many jobs of another tenant wait
    /// @param rows how many jobs wait and have ended, and how many configs there are
    /// @param snapshot how long an old snapshot is held
    /// @param idle how long idle nodes are watched
    public record Scale(int schedules, int backlog, int rows, Duration snapshot, Duration idle) {}

    public Plan {
        lines = Set.copyOf(lines);
    }

    public boolean has(Line line) {
        return lines.contains(line);
    }

    /// Enough to measure also of those who drain slowly.
    int singly(int sized) {
        int enough = Math.max(SINGLY_LEAST, sized / SINGLY_SHARE);
        return Math.max(1, Math.min(enough, jobs / SINGLY_SHARE));
    }

    int schedules() {
        return scale.schedules();
    }

    int backlog() {
        return scale.backlog();
    }

    int rows() {
        return scale.rows();
    }

    Duration snapshot() {
        return scale.snapshot();
    }

    Duration idle() {
        return scale.idle();
    }
}
