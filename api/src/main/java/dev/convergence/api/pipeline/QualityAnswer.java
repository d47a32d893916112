package dev.convergence.api.pipeline;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The quality results of a run.
///
/// @param dqResults one for each suite and table, with the expectations that failed
/// @param checks one for each rule
public record QualityAnswer(
        String pipelineLoggingId,
        String overallStatus,
        int expectationsPassed,
        int expectationsFailed,
        List<Map<String, @Nullable Object>> dqResults,
        List<Check> checks) {

    public record Check(
            String suite,
            String rule,
            String kind,
            String targetTable,
            @Nullable String targetColumn,
            String severity,
            boolean passed,
            long rowsChecked,
            long rowsFailed,
            String actual,
            String expected,
            List<String> failingKeys) {}
}
