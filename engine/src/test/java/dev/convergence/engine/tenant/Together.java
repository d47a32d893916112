package dev.convergence.engine.tenant;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/// Does the same thing in many threads that start at the same moment.
public final class Together {

    private Together() {}

    /// The refusals of those that were refused; everybody else succeeded.
    public static List<ErrorCode> refusalsOf(int threads, IntConsumer action) {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                futures.add(
                        executor.submit(() -> {
                            start.await();
                            action.accept(number);
                            return null;
                        }));
            }
            start.countDown();
            return refusals(futures);
        }
    }

    private static List<ErrorCode> refusals(List<Future<?>> futures) {
        List<ErrorCode> refusals = new ArrayList<>();
        for (Future<?> future : futures) {
            try {
                future.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof EngineException refusal)) {
                    throw new AssertionError("Not a refusal", e.getCause());
                }
                refusals.add(refusal.code());
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        return refusals;
    }
}
