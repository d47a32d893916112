package dev.convergence.api.direct;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Work that its caller waits for.
///
/// @param timeoutSeconds how long the caller waits in all
public record DirectBody(@Nullable Map<String, Object> params, @Nullable Integer timeoutSeconds) {}
