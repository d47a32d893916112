package dev.convergence.engine.direct;

import dev.convergence.engine.job.NewJob;
import dev.convergence.engine.job.Ties;
import java.time.Duration;

/// Work that its caller waits for.
///
/// @param job what is to be done; never tried again, because the caller can ask again
/// @param requestedBy free text: who waits
/// @param timeout how long the caller waits in all, for the lane, the pool and the work
public record DirectRequest(NewJob job, String requestedBy, Duration timeout) {

    public static final Duration TIMEOUT_MAX = Duration.ofSeconds(300);

    public DirectRequest {
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(TIMEOUT_MAX) > 0) {
            throw new IllegalArgumentException("A timeout of " + timeout);
        }
        job = job.retry(job.retry().withRetriesMax(0)).ties(Ties.DIRECT);
    }
}
