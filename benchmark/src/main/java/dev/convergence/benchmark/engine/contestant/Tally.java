package dev.convergence.benchmark.engine.contestant;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/// Counts how often each job ran.
final class Tally implements Work {

    private final AtomicIntegerArray times;
    private final AtomicInteger missing;
    private final CountDownLatch complete = new CountDownLatch(1);

    Tally(int jobs) {
        times = new AtomicIntegerArray(jobs);
        missing = new AtomicInteger(jobs);
    }

    @Override
    public void run(Payload payload) {
        int number = payload.number();
        if (number < 0 || number >= times.length()) {
            return;
        }
        if (times.getAndIncrement(number) == 0 && missing.decrementAndGet() == 0) {
            complete.countDown();
        }
    }

    /// Waits until every job has run at least once; false when the time is over before.
    boolean await(Duration atMost) throws InterruptedException {
        return complete.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    Count count() {
        int again = 0;
        for (int i = 0; i < times.length(); i++) {
            again += Math.max(0, times.get(i) - 1);
        }
        return new Count(times.length(), missing.get(), again);
    }
}
