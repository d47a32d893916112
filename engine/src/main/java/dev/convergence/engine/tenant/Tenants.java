package dev.convergence.engine.tenant;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.error.FieldFaults;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What one can do with tenants that are there; they come by [Onboarding] and go by [Departure].
public final class Tenants {

    private static final int REASON_LENGTH_MAX = 500;

    private final Database database;
    private final TenantStore store = new TenantStore();

    public Tenants(Database database) {
        this.database = database;
    }

    public Optional<Tenant> find(TenantId tenant) {
        return database.read(handle -> store.find(handle, tenant));
    }

    public Tenant get(TenantId tenant) {
        return find(tenant).orElseThrow(() -> none(tenant));
    }

    public TenantPage list(TenantQuery query) {
        TenantQuery.Checked checked = query.check();
        return database.read(handle -> {
            List<Tenant> found = store.list(handle, checked);
            boolean more = found.size() > checked.limit();
            List<Tenant> shown = more ? found.subList(0, checked.limit()) : found;
            String next = more ? shown.getLast().id().value() : null;
            long total = store.count(handle, checked);
            return new TenantPage(shown, total, query.page(), checked.limit(), next);
        });
    }

    public Tenant update(TenantId tenant, TenantUpdate update, Instant now) {
        TenantUpdate checked = update.check();
        return database.inTransaction(handle -> {
            store.update(handle, tenant, checked, now);
            return store.find(handle, tenant).orElseThrow(() -> none(tenant));
        });
    }

    /// Stops the tenant's schedules and shuts its keys out of everything but its own profile.
    public Tenant suspend(TenantId tenant, @Nullable String reason, Instant now) {
        FieldFaults faults = new FieldFaults();
        String why = faults.optionalText("reason", reason, 1, REASON_LENGTH_MAX);
        faults.refuseIfAny();
        return database.inTransaction(
                handle -> move(handle, tenant, TenantStatus.SUSPENDED, why, now));
    }

    public Tenant activate(TenantId tenant, Instant now) {
        return database.inTransaction(
                handle -> move(handle, tenant, TenantStatus.ACTIVE, null, now));
    }

    /// Schedules before the tenant, as whoever deletes it takes them; the lane last.
    private Tenant move(
            Handle handle,
            TenantId tenant,
            TenantStatus next,
            @Nullable String reason,
            Instant now) {
        store.suspendSchedules(handle, tenant, next == TenantStatus.SUSPENDED, now);
        TenantStatus present = store.lock(handle, tenant).orElseThrow(() -> none(tenant));
        if (!present.mayBecome(next)) {
            throw new EngineException(
                    ErrorCode.CONFLICT, "Tenant " + tenant + " is " + present + " already.");
        }
        store.updateStatus(handle, tenant, next, reason, now);
        store.suspendLane(handle, tenant, next == TenantStatus.SUSPENDED);
        return store.find(handle, tenant).orElseThrow();
    }

    static EngineException none(TenantId tenant) {
        return EngineException.notFound("There is no tenant " + tenant + ".");
    }
}
