package dev.convergence.engine.tenant;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.warehouse.Warehouse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// How a tenant goes: its work, its facts and its data set; the files of its landing zone stay.
public final class Departure {

    private final Database database;
    private final Warehouse warehouse;
    private final TenantWork work;
    private final TenantStore tenants = new TenantStore();
    private final DepartureStore store = new DepartureStore();

    public Departure(Database database, Warehouse warehouse, TenantWork work) {
        this.database = database;
        this.warehouse = warehouse;
        this.work = work;
    }

    /// Answers how many rows of each kind went. A second time there is no such tenant.
    public Map<String, Long> delete(TenantId tenant) {
        database.transact(handle -> store.halt(handle, tenant));
        Map<String, Long> counts;
        try {
            counts = database.inTransaction(handle -> remove(handle, tenant));
        } catch (RuntimeException refused) {
            database.transact(handle -> store.release(handle, tenant));
            throw refused;
        }
        work.stopped(tenant);
        database.transact(handle -> dropDataset(handle, tenant));
        return counts;
    }

    /// Lets go of lanes that a process halted which died before the tenant was gone: the tenant is
    /// still there, and its jobs must start again.
    public static int releaseAbandoned(Database database) {
        return database.inTransaction(handle -> new DepartureStore().releaseAbandoned(handle));
    }

    /// Claims, schedules, the subscription, the tenant: everybody takes them in this order.
    ///
    /// The lane was halted before, so no claim is made any more; a settling that was under way has
    /// ended when its leases are gone.
    private Map<String, Long> remove(Handle handle, TenantId tenant) {
        tenants.lockName(handle, tenant.value());
        work.dropClaims(handle, tenant);
        store.lockWork(handle, tenant);
        if (tenants.lock(handle, tenant).isEmpty()) {
            throw Tenants.none(tenant);
        }
        Map<String, Long> counts = new LinkedHashMap<>(store.count(handle, tenant));
        work.removeAll(handle, tenant)
                .forEach((what, count) -> counts.merge(what, count, Math::max));
        store.delete(handle, tenant);
        return counts;
    }

    /// Under the name's lock, so that it can't hit the data set of a tenant that has come since.
    private void dropDataset(Handle handle, TenantId tenant) {
        tenants.lockName(handle, tenant.value());
        if (tenants.findInAnyCase(handle, tenant.value()).isEmpty()) {
            warehouse.drop(tenant);
        }
    }
}
