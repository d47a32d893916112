package dev.convergence.engine.queue;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import java.util.Optional;

/// A job that ended because the nodes that ran it died, again and again.
///
/// @param job its last attempt
/// @param redrivenAs the job that was made of it, if anybody did
public record DeadLetter(
        JobId job, TenantId tenant, String reason, Instant diedAt, Optional<JobId> redrivenAs) {}
