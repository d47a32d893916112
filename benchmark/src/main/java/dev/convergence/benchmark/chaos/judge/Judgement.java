package dev.convergence.benchmark.chaos.judge;

import java.util.List;
import java.util.Map;

/// What came out of a run.
///
/// @param breaches what must not be; empty when all is well
/// @param notes what is worth knowing and no breach
/// @param counts the run in numbers, by their names
public record Judgement(
        List<String> breaches, List<String> notes, Map<String, Long> counts, Recovery recovery) {}
