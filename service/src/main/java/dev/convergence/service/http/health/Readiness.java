package dev.convergence.service.http.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether this node can serve now: all checks at once, none for longer than the cap.
///
/// The answer holds for a second, so that a flood of questions asks the database once.
public final class Readiness {

    public static final Duration CAP = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
    private static final Duration HOLDS = Duration.ofSeconds(1);

    private final List<ReadinessCheck> checks;
    private final Duration cap;
    private @Nullable Map<String, Boolean> last;
    private long lastNanos;

    public Readiness(List<ReadinessCheck> checks, Duration cap) {
        this.checks = List.copyOf(checks);
        this.cap = cap;
    }

    /// Every check's name, and whether it passed.
    synchronized Map<String, Boolean> look() {
        Map<String, Boolean> known = last;
        if (known == null || System.nanoTime() - lastNanos > HOLDS.toNanos()) {
            known = runAll();
            last = known;
            lastNanos = System.nanoTime();
        }
        return known;
    }

    private Map<String, Boolean> runAll() {
        List<FutureTask<Boolean>> running = new ArrayList<>();
        for (ReadinessCheck check : checks) {
            FutureTask<Boolean> task = new FutureTask<>(check.probe());
            Thread.ofVirtual().name("ready-" + check.name()).start(task);
            running.add(task);
        }
        long deadline = System.nanoTime() + cap.toNanos();
        Map<String, Boolean> results = new LinkedHashMap<>();
        for (int i = 0; i < checks.size(); i++) {
            results.put(checks.get(i).name(), await(checks.get(i), running.get(i), deadline));
        }
        return results;
    }

    private boolean await(ReadinessCheck check, FutureTask<Boolean> task, long deadline) {
        try {
            return task.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            LOG.warn("Not ready: {} did not answer within {}", check.name(), cap);
        } catch (ExecutionException e) {
            LOG.warn("Not ready: {} failed", check.name(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
