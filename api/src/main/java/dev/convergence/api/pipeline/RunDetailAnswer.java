package dev.convergence.api.pipeline;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/// A pipeline run with what its steps have done so far.
public record RunDetailAnswer(@JsonUnwrapped RunAnswer run, List<StepAnswer> steps) {}
