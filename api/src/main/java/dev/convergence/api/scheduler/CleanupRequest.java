package dev.convergence.api.scheduler;

import org.jspecify.annotations.Nullable;

/// How long a run may last before the clean-up ends it.
public record CleanupRequest(@Nullable Integer timeoutMinutes) {}
