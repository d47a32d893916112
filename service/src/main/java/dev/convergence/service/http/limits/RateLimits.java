package dev.convergence.service.http.limits;

import java.time.Duration;

/// How often requests may come.
///
/// The tenant's limits are far above what a person or a polling client does, so that they stop a
/// loop gone wild and not a busy tenant; work itself is limited by the plan's quotas.
public record RateLimits(
        int tenantPerMinute, int tenantPerHour, int runsPerMinute, int servicePerMinute) {

    static final Duration MINUTE = Duration.ofMinutes(1);
    static final Duration HOUR = Duration.ofHours(1);

    public static final RateLimits DEFAULT = new RateLimits(1_000, 30_000, 50, 10_000);
}
