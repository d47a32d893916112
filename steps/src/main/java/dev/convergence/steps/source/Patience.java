package dev.convergence.steps.source;

import dev.convergence.engine.step.Cancellation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// How a step waits when a vendor asks for it.
public interface Patience {

    /// Waits so long, or until the work is cancelled.
    void pause(Duration time, Cancellation cancellation);

    Patience REAL =
            (time, cancellation) -> {
                CountDownLatch cancelled = new CountDownLatch(1);
                try (Cancellation.Registration _ = cancellation.onRequest(cancelled::countDown)) {
                    boolean _ = cancelled.await(time.toMillis(), TimeUnit.MILLISECONDS);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
                cancellation.check();
            };
}
