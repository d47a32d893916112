package dev.convergence.engine.queue;

import java.util.Optional;

/// What a lease says to the node that runs its job.
///
/// @param cancelReason why somebody wants the job stopped; empty when nobody does
public record LeaseView(long token, Optional<String> cancelReason) {}
