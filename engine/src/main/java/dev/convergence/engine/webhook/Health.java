package dev.convergence.engine.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether an endpoint is still there: one that says it is gone, or that nothing has reached for
/// days, is switched off, and its tenant's other endpoints are told.
///
/// Whoever calls holds no delivery yet: an endpoint is locked before what is sent to it.
final class Health {

    private static final Logger LOG = LoggerFactory.getLogger(Health.class);

    /// As long as a receiver's people need to come back from a weekend, and a day or two.
    static final Duration FAILING_MAX = Duration.ofDays(5);

    private static final int GONE = 410;

    private Health() {}

    static boolean isGone(DeliveryAttempt attempt) {
        return Integer.valueOf(GONE).equals(attempt.httpStatus());
    }

    static void note(Handle handle, Sending sending, DeliveryAttempt attempt, Instant now) {
        if (attempt.error() == null) {
            EndpointStore.reached(handle, sending.endpoint());
            return;
        }
        Instant since = EndpointStore.missed(handle, sending.endpoint(), now);
        if (isGone(attempt)) {
            disable(handle, sending, "It answered 410 Gone.", now);
        } else if (!since.isAfter(now.minus(FAILING_MAX))) {
            disable(handle, sending, "Nothing has reached it since " + since + ".", now);
        }
    }

    private static void disable(Handle handle, Sending sending, String reason, Instant now) {
        if (EndpointStore.disable(handle, sending.endpoint(), reason, now)) {
            LOG.warn(
                    "Endpoint {} of {} is switched off: {}",
                    sending.endpoint(),
                    sending.tenant(),
                    reason);
            Happenings.append(
                    handle,
                    List.of(Happening.ofDisabled(sending.tenant(), sending.endpoint(), reason)),
                    now);
        }
    }
}
