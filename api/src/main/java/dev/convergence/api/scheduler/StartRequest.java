package dev.convergence.api.scheduler;

import org.jspecify.annotations.Nullable;

/// @param runRecovery whether to look for lost work first; true when left out
public record StartRequest(@Nullable Boolean runRecovery) {}
