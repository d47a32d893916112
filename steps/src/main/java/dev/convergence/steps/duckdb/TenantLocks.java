package dev.convergence.steps.duckdb;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.TenantId;
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

    private final Duration waitMax;
    private final ConcurrentMap<TenantId, ReadWriteLock> locks = new ConcurrentHashMap<>();

    TenantLocks(Duration waitMax) {
        this.waitMax = waitMax;
    }

    Held read(TenantId tenant) {
        return hold(of(tenant).readLock());
    }

    Held write(TenantId tenant) {
        return hold(of(tenant).writeLock());
    }

    private ReadWriteLock of(TenantId tenant) {
        return locks.computeIfAbsent(tenant, _ -> new ReentrantReadWriteLock(true));
    }

    private Held hold(Lock lock) {
        try {
            if (lock.tryLock(waitMax.toMillis(), TimeUnit.MILLISECONDS)) {
                return lock::unlock;
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
