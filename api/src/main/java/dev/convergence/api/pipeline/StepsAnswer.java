package dev.convergence.api.pipeline;

import java.util.List;

/// The steps of a run, in the template's order.
public record StepsAnswer(String pipelineLoggingId, List<StepAnswer> steps, int total) {}
