package dev.convergence.api.cost;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a suite did in a run, or, by rule, how often a rule was broken.
///
/// @param rule null where a row is a run
/// @param runId the run; by rule the last one that broke it
/// @param passed rules that held; by rule, runs since it was broken first in which it held
/// @param failed rules that did not; by rule, runs that broke it
public record QualityTrendAnswer(
        String suite,
        String table,
        @Nullable String rule,
        String runId,
        Instant executedAt,
        long passed,
        long failed,
        @Nullable String status,
        List<String> failedRules) {}
