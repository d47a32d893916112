package dev.convergence.engine;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.queue.TenantRemoval;
import dev.convergence.engine.tenant.TenantWork;
import dev.convergence.engine.worker.Worker;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/// Takes a departing tenant's work out of the engine.
public final class TenantDeparture implements TenantWork {

    private final Supplier<Worker> worker;
    private final Consumer<TenantId> files;

    /// @param worker asked for late, because the engine is made after the tenants' rooms
    /// @param files removes what the tenant has outside the database and its data set, so that a
    ///   later tenant of the same name does not find it
    public TenantDeparture(Supplier<Worker> worker, Consumer<TenantId> files) {
        this.worker = worker;
        this.files = files;
    }

    @Override
    public void dropClaims(Handle handle, TenantId tenant) {
        TenantRemoval.dropClaims(handle, tenant);
    }

    @Override
    public Map<String, Long> removeAll(Handle handle, TenantId tenant) {
        return TenantRemoval.remove(handle, tenant);
    }

    /// Other nodes' executions of the tenant find their lease gone when they settle.
    @Override
    public void stopped(TenantId tenant) {
        worker.get().cancelAll(tenant, "The tenant was deleted.");
        files.accept(tenant);
    }
}
