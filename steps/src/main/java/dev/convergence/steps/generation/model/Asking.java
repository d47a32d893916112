package dev.convergence.steps.generation.model;

import dev.convergence.engine.step.Cancellation;
import dev.convergence.engine.step.CancelledException;
import dev.convergence.steps.http.Deadline;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The circumstances under which a model is asked: how long there is, who may stop it, who hears of
/// it.
public record Asking(Deadline deadline, Cancellation cancellation, Consumer<String> log) {

    /// Waits, unless the work is cancelled.
    ///
    /// @throws CancelledException when it is
    public void pause(Duration length) {
        CountDownLatch cancelled = new CountDownLatch(1);
        try (Cancellation.Registration _ = cancellation.onRequest(cancelled::countDown)) {
            boolean stopped = cancelled.await(length.toNanos(), TimeUnit.NANOSECONDS);
            if (stopped) {
                cancellation.check();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException("The thread was asked to stop.");
        }
    }
}
