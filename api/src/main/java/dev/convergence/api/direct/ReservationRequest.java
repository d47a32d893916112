package dev.convergence.api.direct;

import org.jspecify.annotations.Nullable;

/// A wish to keep one's queue from starting anything.
///
/// @param reservedBy free text: who asks
/// @param ttlSeconds how long at most
public record ReservationRequest(@Nullable String reservedBy, @Nullable Integer ttlSeconds) {}
