package dev.convergence.service.template;

import java.util.List;

/// The answer of a validation: everything that is wrong, what is odd, and what would run.
///
/// @param resolvedPipelineId the pipeline's id with its placeholders filled; empty with errors
/// @param steps in the order of their levels; empty with errors
public record TemplateReport(
        boolean valid,
        List<TemplateProblem> errors,
        List<TemplateProblem> warnings,
        String resolvedPipelineId,
        List<Level> steps) {

    /// @param level 0 for steps that wait for nothing; steps of one level may run together
    public record Level(String stepId, int level) {}
}
