package dev.convergence.api.tenant;

import org.jspecify.annotations.Nullable;

/// Why something is done, for those who look later.
public record ReasonRequest(@Nullable String reason) {}
