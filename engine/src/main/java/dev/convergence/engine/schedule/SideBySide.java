package dev.convergence.engine.schedule;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Does parts of a work at the same time, each in a thread of its own, and waits for all.
final class SideBySide {

    private SideBySide() {}

    /// @return whether any part answered true; the first failure, when there was one
    static boolean run(int parts, IntPredicate part) {
        List<Callable<Boolean>> tasks =
                IntStream.range(0, parts)
                        .<Callable<Boolean>>mapToObj(number -> () -> part.test(number))
                        .toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            boolean any = false;
            for (Future<Boolean> done : threads.invokeAll(tasks)) {
                any |= done.get();
            }
            return any;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The scheduler is to stop.");
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(failed.getCause());
        }
    }
}
