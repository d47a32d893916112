package dev.convergence.benchmark.engine.contestant;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntUnaryOperator;

/// Watches from inside the handlers how many jobs of each tenant run at the same instant.
public final class Limits implements Work {

    private final Work then;
    private final IntUnaryOperator tenantOf;
    private final Duration lasting;
    private final AtomicIntegerArray running;
    private final AtomicIntegerArray most;

    /// @param tenantOf which tenant a job belongs to, by the job's number
    /// @param lasting how long each job runs, so that they overlap
    public Limits(Work then, int tenants, IntUnaryOperator tenantOf, Duration lasting) {
        this.then = then;
        this.tenantOf = tenantOf;
        this.lasting = lasting;
        running = new AtomicIntegerArray(tenants);
        most = new AtomicIntegerArray(tenants);
    }

    @Override
    public void run(Payload payload) {
        int tenant = tenantOf.applyAsInt(payload.number());
        int now = running.incrementAndGet(tenant);
        most.accumulateAndGet(tenant, now, Math::max);
        LockSupport.parkNanos(lasting.toNanos());
        running.decrementAndGet(tenant);
        then.run(payload);
    }

    /// The most jobs of a tenant that ran at the same instant.
    public int most(int tenant) {
        return most.get(tenant);
    }
}
