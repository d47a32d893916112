package dev.convergence.benchmark.engine.report;

import dev.convergence.benchmark.engine.line.Figure;
import java.util.List;
import java.util.Map;

/// All that a run of the benchmark found.
///
/// @param machine what it ran on
/// @param postgres the server's settings and its commit latency
/// @param contestants by name, version and settings of each, in the order of the run
/// @param leftOut by name, why somebody was not measured
public record Report(
        Map<String, String> machine,
        Map<String, String> postgres,
        Map<String, Map<String, String>> contestants,
        Map<String, String> leftOut,
        List<Figure> figures) {

    public boolean isSound() {
        return figures.stream().allMatch(Figure::isSound);
    }
}
