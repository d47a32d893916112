package dev.convergence.steps.query;

import java.time.Duration;

/// What one query may use, and how many may run on this node at once.
///
/// @param time after which the query is cancelled, and two seconds later its process killed
/// @param memoryMegabytes what the query may hold; its process may have the fixed cost of a JVM
///   beside it
/// @param answerBytes the size at which rows are cut off
/// @param concurrent queries that run at the same time
/// @param concurrentPerTenant how many of them may be one tenant's, so that its slow queries leave
///   room for others
/// @param patience how long a query waits for its turn
public record QueryLimits(
        Duration time,
        int memoryMegabytes,
        int answerBytes,
        int concurrent,
        int concurrentPerTenant,
        Duration patience) {

    public static final QueryLimits DEFAULT =
            new QueryLimits(Duration.ofSeconds(30), 512, 16_000_000, 6, 2, Duration.ofSeconds(20));
}
