package dev.convergence.engine.subscription;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.error.FieldFaults;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Database;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What one can do with subscriptions. A new concurrent limit reaches the tenant's lane in the same
/// transaction, so the very next claim keeps to it.
public final class Subscriptions {

    private final Database database;
    private final SubscriptionStore store = new SubscriptionStore();
    private final OverrideStore overrides = new OverrideStore();

    public Subscriptions(Database database) {
        this.database = database;
    }

    public Subscription get(TenantId tenant) {
        return database.read(handle -> store.find(handle, tenant)).orElseThrow(() -> none(tenant));
    }

    /// The subscription, today's usage row and the lane of a new tenant, in its own transaction.
    public Subscription open(Handle handle, TenantId tenant, Plan plan, Instant now) {
        Subscription subscription = Subscription.opened(tenant, plan, now);
        store.insert(handle, subscription);
        store.insertUsage(handle, tenant, LocalDate.ofInstant(now, ZoneOffset.UTC), now);
        store.insertLane(handle, tenant, subscription.limits().concurrent());
        return subscription;
    }

    public Subscription change(
            TenantId tenant,
            SubscriptionChange change,
            SubscriptionChange.Bounds bounds,
            Instant now) {
        FieldFaults faults = new FieldFaults();
        change.check(bounds, faults);
        faults.refuseIfAny();
        return database.inTransaction(
                handle -> save(handle, locked(handle, tenant).changed(change, now)));
    }

    public Subscription upgrade(TenantId tenant, Plan plan, Instant now) {
        return database.inTransaction(handle -> {
            Subscription present = locked(handle, tenant);
            refuseUnlessHigher(present.plan(), plan);
            return save(handle, present.changed(SubscriptionChange.plan(plan), now));
        });
    }

    /// Locks the subscription against other changes and answers how many providers it allows.
    public int lockProvidersMax(Handle handle, TenantId tenant) {
        return store.lock(handle, tenant).orElseThrow(() -> none(tenant)).providersMax();
    }

    /// The lane comes last, when the change is saved: whoever holds a lane waits for nobody.
    private Subscription locked(Handle handle, TenantId tenant) {
        return store.lock(handle, tenant).orElseThrow(() -> none(tenant));
    }

    private Subscription save(Handle handle, Subscription next) {
        refuseReversed(next.start(), next.end());
        store.update(handle, next);
        Limits limits = overrides.limits(handle, next, next.updatedAt());
        store.updateLane(handle, next.tenant(), limits.concurrent());
        return next;
    }

    private static void refuseReversed(LocalDate start, @Nullable LocalDate end) {
        if (end != null && !end.isAfter(start)) {
            throw EngineException.invalidField(
                    "subscription_end_date", "OUT_OF_RANGE", "is after the start, " + start + ".");
        }
    }

    private static void refuseUnlessHigher(Plan present, Plan wished) {
        if (!wished.isHigherThan(present)) {
            throw new EngineException(
                    ErrorCode.INVALID_REQUEST,
                    "The tenant has " + present + ", and " + wished + " is not higher.");
        }
    }

    private static EngineException none(TenantId tenant) {
        return EngineException.notFound("There is no subscription of tenant " + tenant + ".");
    }
}
