package dev.convergence.steps.duckdb;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.step.Cancellation;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// One read/write lock for each tenant's file in this process: DuckDB refuses to attach a file for
/// writing while the same process reads it.
final class TenantLocks {

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Duration waitMax;
    private final Duration loadWaitMax;
    private final ConcurrentMap<TenantId, ReadWriteLock> locks = new ConcurrentHashMap<>();

    /// @param waitMax how long somebody waits who wants an answer
    /// @param loadWaitMax how long a load waits for the tenant's other loads
    TenantLocks(Duration waitMax, Duration loadWaitMax) {
        this.waitMax = waitMax;
        this.loadWaitMax = loadWaitMax;
    }

    Held read(TenantId tenant) {
        return hold(of(tenant).readLock(), waitMax, Uncancelled.ALWAYS);
    }

    Held write(TenantId tenant) {
        return hold(of(tenant).writeLock(), waitMax, Uncancelled.ALWAYS);
    }

    Held load(TenantId tenant, Cancellation cancellation) {
        return hold(of(tenant).writeLock(), loadWaitMax, cancellation);
    }

    private ReadWriteLock of(TenantId tenant) {
        return locks.computeIfAbsent(tenant, _ -> new ReentrantReadWriteLock(true));
    }

    private static Held hold(Lock lock, Duration max, Cancellation cancellation) {
        try {
            for (long left = max.toMillis(); left > 0; left -= LOOK.toMillis()) {
                cancellation.check();
                if (lock.tryLock(Math.min(left, LOOK.toMillis()), TimeUnit.MILLISECONDS)) {
                    return lock::unlock;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        throw new EngineException(
                ErrorCode.SERVICE_UNAVAILABLE,
                "The tenant's data set is busy; try again in a moment.");
    }

    /// A lock that is held until it is closed.
    interface Held extends AutoCloseable {
        @Override
        void close();
    }
}
