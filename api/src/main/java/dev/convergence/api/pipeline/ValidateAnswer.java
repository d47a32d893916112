package dev.convergence.api.pipeline;

import java.util.List;

/// What is wrong with a template and its parameters; `valid` when there is no error.
public record ValidateAnswer(
        boolean valid,
        List<Fault> errors,
        List<Fault> warnings,
        String resolvedPipelineId,
        List<Step> steps) {

    /// @param line of the YAML, from 1; 0 when it is no line's fault
    public record Fault(String path, int line, String code, String message) {}

    public record Step(String stepId, int level) {}
}
