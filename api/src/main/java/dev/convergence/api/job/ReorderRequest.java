package dev.convergence.api.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// @param jobIds waiting jobs of one priority, in the wished order
public record ReorderRequest(@Nullable List<String> jobIds) {}
