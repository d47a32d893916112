package dev.convergence.api.why;

import java.util.List;
import java.util.Map;

/// Where a job is, and why.
///
/// @param isWaiting false when it runs or has ended
/// @param summary the reasons' sentences in one text
/// @param reasons the strongest first; never empty
public record WhyAnswer(
        String jobId,
        String runId,
        String pipelineLoggingId,
        String tenantId,
        String customerId,
        String state,
        String status,
        boolean isWaiting,
        String summary,
        List<Reason> reasons) {

    /// @param code a word for programs, such as LANE_FULL
    /// @param facts the numbers and times of the sentence
    public record Reason(String code, String detail, Map<String, Object> facts) {}
}
