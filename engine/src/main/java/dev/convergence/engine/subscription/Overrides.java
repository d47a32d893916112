package dev.convergence.engine.subscription;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.id.TimeOrderedId;
import dev.convergence.engine.loop.Duty;
import dev.convergence.engine.sql.Database;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Limits that hold for a time, set by operators.
///
/// Daily and monthly limits are looked up with the time of the check, so they end at their instant
/// by themselves. A lane's width is a fact of the lane: it is set back by a duty of all nodes,
/// within a second of the expiry.
public final class Overrides implements Duty {

    private static final String EXPIRY = "expiry";

    private final Database database;
    private final SubscriptionStore subscriptions = new SubscriptionStore();
    private final OverrideStore store = new OverrideStore();

    public Overrides(Database database) {
        this.database = database;
    }

    /// Sets other limits until an instant; replaces those that hold for a time already.
    ///
    /// @param by who wants it; kept for the record
    public LimitOverride set(TenantId tenant, OverrideWish wish, String by, Instant now) {
        String reason = wish.check(now);
        LimitOverride override =
                new LimitOverride(
                        TimeOrderedId.next(now),
                        tenant,
                        wish.daily(),
                        wish.monthly(),
                        wish.concurrent(),
                        reason,
                        by,
                        now,
                        Objects.requireNonNull(wish.expiresAt()),
                        null,
                        null);
        database.transact(handle -> {
            Subscription subscription = locked(handle, tenant);
            store.end(handle, tenant, by, now);
            store.insert(handle, override);
            setLane(handle, subscription, now);
        });
        return override;
    }

    /// Takes the limits back that hold for a time.
    ///
    /// @return what held until now
    public LimitOverride end(TenantId tenant, String by, Instant now) {
        return database.inTransaction(handle -> {
            Subscription subscription = locked(handle, tenant);
            LimitOverride held =
                    store.holding(handle, tenant, now).orElseThrow(() -> noneHolds(tenant));
            store.end(handle, tenant, by, now);
            setLane(handle, subscription, now);
            return held.ended(by, now);
        });
    }

    private static EngineException noneHolds(TenantId tenant) {
        return EngineException.notFound(
                "Tenant " + tenant + " has no limits that hold for a time.");
    }

    /// All that there ever were, the newest first.
    public List<LimitOverride> list(TenantId tenant, @Nullable UUID before, int limit) {
        return database.read(handle -> store.list(handle, tenant, before, limit));
    }

    /// Sets lanes back whose limits have expired.
    @Override
    public boolean runOnce(Instant now) {
        for (TenantId tenant : database.read(handle -> store.expired(handle, now))) {
            database.transact(handle -> expire(handle, tenant, now));
        }
        return false;
    }

    private void expire(Handle handle, TenantId tenant, Instant now) {
        subscriptions
                .lock(handle, tenant)
                .filter(_ -> store.holding(handle, tenant, now).isEmpty())
                .ifPresent(subscription -> {
                    store.end(handle, tenant, EXPIRY, now);
                    setLane(handle, subscription, now);
                });
    }

    /// The subscription first and the lane last, as whoever changes limits does.
    private void setLane(Handle handle, Subscription subscription, Instant now) {
        Limits limits = store.limits(handle, subscription, now);
        subscriptions.updateLane(handle, subscription.tenant(), limits.concurrent());
    }

    private Subscription locked(Handle handle, TenantId tenant) {
        return subscriptions
                .lock(handle, tenant)
                .orElseThrow(() -> EngineException.notFound("There is no tenant " + tenant + "."));
    }
}
