package dev.convergence.engine.queue;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Database;

/// The lanes of the tenants: how many jobs of each may run at once, and whether any may start.
public final class Lanes {

    public static final int WEIGHT_DEFAULT = 1;

    private final Database database;
    private final Queue queue;

    public Lanes(Database database, Queue queue) {
        this.database = database;
        this.queue = queue;
    }

    /// Opens a tenant's lane, or changes the limit of an open one. A lower limit stops nothing that
    /// runs: no job starts until enough have ended.
    ///
    /// @param limit how many of its jobs may run at once, on all nodes together
    /// @param weight its share of the starts beside other lanes that have work
    public void open(TenantId tenant, int limit, int weight) {
        database.transact(handle -> LaneStore.open(handle, tenant, limit, weight));
    }

    public void open(TenantId tenant, int limit) {
        open(tenant, limit, WEIGHT_DEFAULT);
    }

    /// Keeps a tenant's waiting jobs from starting; what runs goes on.
    public void pause(TenantId tenant) {
        database.transact(handle -> LaneStore.pause(handle, tenant, true));
    }

    /// Lets a stopped lane start jobs again, once all has ended that ran when it was stopped.
    ///
    /// @return what it was before
    public LaneView.State start(TenantId tenant) {
        if (database.inTransaction(handle -> LaneStore.resumeIfDrained(handle, tenant))) {
            queue.sweep();
            queue.ring();
            return LaneView.State.STOPPED;
        }
        return view(tenant).state();
    }

    public LaneView view(TenantId tenant) {
        return database.read(handle -> LaneStore.find(handle, tenant)).orElse(LaneView.NONE);
    }

    public void resume(TenantId tenant) {
        database.transact(handle -> LaneStore.pause(handle, tenant, false));
        queue.sweep(); // its tickets may wait for pools
        queue.ring();
    }
}
