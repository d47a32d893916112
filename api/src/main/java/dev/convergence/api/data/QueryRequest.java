package dev.convergence.api.data;

import org.jspecify.annotations.Nullable;

/// One SELECT on the tenant's own data set.
///
/// @param limit the most rows to answer, 1 to 10,000; 1,000 when left out
public record QueryRequest(@Nullable String sql, @Nullable Integer limit) {}
