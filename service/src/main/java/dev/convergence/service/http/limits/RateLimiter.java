package dev.convergence.service.http.limits;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.TenantId;
import dev.convergence.service.http.limits.SlidingWindow.Allowance;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Counts the requests of this node and refuses those that come too often.
final class RateLimiter {

    private final Windows minutes;
    private final Windows hours;
    private final Windows runs;
    private final Windows segments;

    RateLimiter(RateLimits limits) {
        minutes = new Windows(() -> new SlidingWindow(limits.tenantPerMinute(), RateLimits.MINUTE));
        hours = new Windows(() -> new SlidingWindow(limits.tenantPerHour(), RateLimits.HOUR));
        runs = new Windows(() -> new SlidingWindow(limits.runsPerMinute(), RateLimits.MINUTE));
        segments =
                new Windows(() -> new SlidingWindow(limits.servicePerMinute(), RateLimits.MINUTE));
    }

    /// What the tenant has left of its minute; the caller shows it, then requires it.
    Allowance tenant(TenantId tenant, Instant now) {
        require("requests an hour", hours.of(tenant.value()).take(now));
        return minutes.of(tenant.value()).take(now);
    }

    void run(TenantId tenant, Instant now) {
        require("runs a minute", runs.of(tenant.value()).take(now));
    }

    /// Only authenticated requests count, so that strangers cannot use up the tenants' share.
    void segment(String segment, Instant now) {
        require("requests a minute for the whole service", segments.of(segment).take(now));
    }

    static void require(String what, Allowance allowance) {
        if (allowance.isRefused()) {
            throw new EngineException(
                    ErrorCode.RATE_LIMIT_EXCEEDED,
                    "Rate limit exceeded: %d %s. Try again in %d seconds."
                            .formatted(allowance.limit(), what, allowance.resetSeconds()),
                    List.of(),
                    Map.of(
                            "limit", allowance.limit(),
                            "remaining", 0,
                            "retry_after", allowance.resetSeconds()));
        }
    }
}
