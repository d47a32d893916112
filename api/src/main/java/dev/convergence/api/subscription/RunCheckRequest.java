package dev.convergence.api.subscription;

import org.jspecify.annotations.Nullable;

/// Which pipeline somebody would like to run.
public record RunCheckRequest(@Nullable String pipelineId) {}
