package dev.convergence.engine.tenant;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.subscription.Subscriptions;
import dev.convergence.engine.warehouse.Warehouse;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// How a tenant comes: profile, key, subscription, usage row, lane and data set, or nothing at all.
///
/// The data set is made before the transaction commits, so nobody ever sees half a tenant; a lock
/// on the name lets of several that want it exactly one succeed.
public final class Onboarding {

    private final Database database;
    private final Warehouse warehouse;
    private final Subscriptions subscriptions;
    private final ApiKeys keys;
    private final Admission admission;
    private final TenantStore store = new TenantStore();

    public Onboarding(
            Database database,
            Warehouse warehouse,
            Subscriptions subscriptions,
            ApiKeys keys,
            Admission admission) {
        this.database = database;
        this.warehouse = warehouse;
        this.subscriptions = subscriptions;
        this.keys = keys;
        this.admission = admission;
    }

    public Onboarded onboard(NewTenant wish, Requester by, Instant now) {
        return onboard(wish, by, now, keys::first);
    }

    /// The same for an operator who issues the key in a step of its own.
    Onboarded onboardWithoutKey(NewTenant wish, Requester by, Instant now) {
        return onboard(wish, by, now, (_, _, _, _) -> null);
    }

    @FunctionalInterface
    private interface FirstKey {
        @Nullable IssuedKey issue(Handle handle, TenantId tenant, Requester by, Instant now);
    }

    private Onboarded onboard(NewTenant wish, Requester by, Instant now, FirstKey firstKey) {
        admission.requireKnown(by);
        NewTenant.Checked checked = wish.check();
        admission.require(checked.id(), by);
        return database.inTransaction(handle -> {
            store.lockName(handle, checked.id().value());
            Optional<Tenant> present = store.findInAnyCase(handle, checked.id().value());
            return present.isPresent()
                    ? renew(handle, present.get(), wish, checked, by, now)
                    : welcome(
                            handle,
                            wish,
                            checked,
                            now,
                            () -> firstKey.issue(handle, checked.id(), by, now));
        });
    }

    private Onboarded welcome(
            Handle handle,
            NewTenant wish,
            NewTenant.Checked checked,
            Instant now,
            Supplier<@Nullable IssuedKey> firstKey) {
        TenantId id = checked.id();
        clearLeftOver(id, wish.recreateDataset());
        store.insert(handle, id, checked.companyName(), checked.adminEmail(), now);
        subscriptions.open(handle, id, checked.plan(), now);
        IssuedKey key = firstKey.get();
        Tenant tenant = store.find(handle, id).orElseThrow();
        Warehouse.Dataset dataset = create(id);
        return new Onboarded(tenant, key, dataset, isComplete(id));
    }

    /// A tenant that is there keeps its profile, and its key unless it wants another.
    private Onboarded renew(
            Handle handle,
            Tenant present,
            NewTenant wish,
            NewTenant.Checked checked,
            Requester by,
            Instant now) {
        refuseUnlessForced(present, wish, checked.id());
        refuseUnlessEntitled(present.id(), by);
        if (wish.recreateDataset()) {
            warehouse.drop(present.id());
        }
        Warehouse.Dataset dataset = warehouse.create(present.id());
        IssuedKey key = wish.rotateKey() ? keys.replaceAll(handle, present.id(), by, now) : null;
        return new Onboarded(present, key, dataset, isComplete(present.id()));
    }

    /// A data set without a tenant may hold somebody's data: neither hand it over nor delete it
    /// unasked.
    private void clearLeftOver(TenantId id, boolean mayDelete) {
        if (!warehouse.exists(id)) {
            return;
        }
        if (!mayDelete) {
            throw new EngineException(
                    ErrorCode.CONFLICT,
                    "A data set "
                            + id
                            + " is there without its tenant; to delete it, send"
                            + " force_recreate_dataset=true.");
        }
        warehouse.drop(id);
    }

    private Warehouse.Dataset create(TenantId id) {
        try {
            return warehouse.create(id);
        } catch (RuntimeException e) {
            warehouse.drop(id);
            throw e;
        }
    }

    private boolean isComplete(TenantId id) {
        List<String> tables = warehouse.tables(id).stream().map(Warehouse.Table::name).toList();
        return new HashSet<>(tables).containsAll(Onboarded.META_TABLES);
    }

    private static void refuseUnlessForced(Tenant present, NewTenant wish, TenantId wished) {
        if (!present.id().equals(wished)) {
            throw new EngineException(
                    ErrorCode.DUPLICATE_TENANT_ID,
                    "The id " + wished + " differs from another tenant's only in letter case.");
        }
        if (!wish.isForced()) {
            throw new EngineException(
                    ErrorCode.DUPLICATE_TENANT_ID,
                    "Tenant "
                            + wished
                            + " is there already, with status "
                            + present.status()
                            + ".");
        }
    }

    private static void refuseUnlessEntitled(TenantId tenant, Requester by) {
        switch (by) {
            case Requester.Operator operator -> {}
            case Requester.Owner owner when owner.tenant().equals(tenant) ->
                    Scopes.refuseBeyond(owner, Scopes.ALL);
            case Requester.Owner owner -> throw notEntitled();
            case Requester.Stranger stranger -> throw notEntitled();
        }
    }

    private static EngineException notEntitled() {
        return new EngineException(
                ErrorCode.FORBIDDEN,
                "Recreating a tenant's data set needs a key of that tenant or the operator's.");
    }
}
