package dev.convergence.engine.direct;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/// Work that its caller waits for.
///
/// @param job what is to be done, as a job of the instant at which it starts: of kind DIRECT, and
///   without retries, because the caller can ask again
/// @param requestedBy free text: who waits
/// @param timeout how long the caller waits in all, for the lane, the pool and the work
public record DirectRequest(
        TenantId tenant, Function<Instant, Job> job, String requestedBy, Duration timeout) {

    public static final Duration TIMEOUT_MAX = Duration.ofSeconds(300);

    public DirectRequest {
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(TIMEOUT_MAX) > 0) {
            throw new IllegalArgumentException("A timeout of " + timeout);
        }
    }
}
