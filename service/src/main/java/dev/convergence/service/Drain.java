package dev.convergence.service;

import java.time.Duration;

/// Work that must come to rest before the server does: workers, the scheduler, deliveries.
///
/// A bean of this type is asked once, on the way down, while HTTP and the database still answer.
@FunctionalInterface
public interface Drain {

    /// Takes no more work and waits for what is running, no longer than given.
    void drain(Duration atMost) throws InterruptedException;
}
