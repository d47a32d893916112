package dev.convergence.benchmark.engine.line;

import java.util.Set;

/// How much is measured.
///
/// @param jobs how many jobs a drain begins with; slow contestants get fewer
/// @param rounds how often each line is measured, after its warm-up
/// @param schedules how many schedules come due at once
public record Plan(int jobs, int rounds, int schedules, Set<Line> lines) {

    private static final int WARM_UP_SHARE = 4;
    private static final int SINGLY_SHARE = 5;

    public Plan {
        lines = Set.copyOf(lines);
    }

    public boolean has(Line line) {
        return lines.contains(line);
    }

    int warmUp(int sized) {
        return Math.max(1, sized / WARM_UP_SHARE);
    }

    int singly(int sized) {
        return Math.max(1, sized / SINGLY_SHARE);
    }
}
