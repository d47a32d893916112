package dev.convergence.engine.credential;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.subscription.Subscriptions;
import dev.convergence.engine.warehouse.Warehouse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What one can do with credentials. Writers of one tenant take turns on its subscription, so the
/// limit of providers is exact.
public final class Credentials {

    static final int CREDENTIALS_MAX = 200;

    private final Database database;
    private final Vault vault;
    private final Subscriptions subscriptions;
    private final Warehouse warehouse;
    private final CredentialStore store = new CredentialStore();

    public Credentials(
            Database database, Vault vault, Subscriptions subscriptions, Warehouse warehouse) {
        this.database = database;
        this.vault = vault;
        this.subscriptions = subscriptions;
        this.warehouse = warehouse;
    }

    /// Stores a credential, in the place of the one with the same provider and name if there is
    /// one.
    public StoredCredential put(
            TenantId tenant, NewCredential request, @Nullable String userId, Instant now) {
        NewCredential.Checked wish = request.check();
        Vault.Sealed sealed = vault.seal(tenant, wish.provider(), wish.secrets());
        return database.inTransaction(handle -> {
            refuseBeyondProviders(handle, tenant, wish.provider());
            boolean isNew = !store.exists(handle, tenant, wish.provider(), wish.name());
            if (isNew) {
                refuseWhenFull(handle, tenant);
            }
            Credential stored = store.put(handle, tenant, wish, sealed, userId, now);
            return new StoredCredential(stored, action(isNew), dataset(tenant));
        });
    }

    /// @param after the id of the last credential of the page before, null for the first page
    public List<Credential> list(TenantId tenant, int limit, @Nullable UUID after) {
        return database.read(handle -> store.list(handle, tenant, limit, after));
    }

    public Credential get(TenantId tenant, UUID id) {
        return database.read(handle -> store.find(handle, tenant, id)).orElseThrow(() -> none(id));
    }

    public Credential update(
            TenantId tenant,
            UUID id,
            CredentialUpdate request,
            @Nullable String userId,
            Instant now) {
        CredentialUpdate.Checked wish = request.check();
        return database.inTransaction(handle -> {
            subscriptions.lockProvidersMax(handle, tenant);
            Credential present = store.find(handle, tenant, id).orElseThrow(() -> none(id));
            if (Boolean.TRUE.equals(wish.isActive())) {
                refuseBeyondProviders(handle, tenant, present.provider());
            }
            return store.update(handle, present, wish, sealed(present, wish), userId, now);
        });
    }

    public void delete(TenantId tenant, UUID id) {
        boolean deleted = database.inTransaction(handle -> store.delete(handle, tenant, id));
        if (!deleted) {
            throw none(id);
        }
    }

    /// Looks whether a credential is complete, and remembers the result.
    public Credential validate(TenantId tenant, UUID id, Instant now) {
        return database.inTransaction(handle -> {
            CredentialStore.Row row = store.lock(handle, tenant, id).orElseThrow(() -> none(id));
            Credential credential = row.credential();
            Secrets secrets = vault.open(tenant, credential.provider(), row.sealed());
            Optional<String> fault = CredentialShape.fault(credential, secrets);
            return store.markValidated(handle, credential, fault, now);
        });
    }

    /// The secret fields for a run: those of the newest active credential of the provider.
    ///
    /// @param validatedOnly whether it must have been found VALID
    public Optional<Map<String, @Nullable Object>> open(
            TenantId tenant, Provider provider, boolean validatedOnly, Instant now) {
        return database.inTransaction(handle ->
                store.takeNewest(handle, tenant, provider, validatedOnly, now)
                        .map(sealed -> vault.open(tenant, provider, sealed).fields()));
    }

    private void refuseBeyondProviders(Handle handle, TenantId tenant, Provider provider) {
        int providersMax = subscriptions.lockProvidersMax(handle, tenant);
        Set<Provider> active = store.activeProviders(handle, tenant);
        if (!active.contains(provider) && active.size() >= providersMax) {
            throw new EngineException(
                    ErrorCode.PROVIDER_LIMIT_EXCEEDED,
                    "The plan allows credentials of "
                            + providersMax
                            + " providers, and the tenant has as many; delete one or upgrade.");
        }
    }

    private void refuseWhenFull(Handle handle, TenantId tenant) {
        if (store.count(handle, tenant) >= CREDENTIALS_MAX) {
            throw new EngineException(
                    ErrorCode.CONFLICT,
                    "The tenant has "
                            + CREDENTIALS_MAX
                            + " credentials, which is the most; delete one first.");
        }
    }

    private Vault.@Nullable Sealed sealed(Credential present, CredentialUpdate.Checked wish) {
        return wish.secrets() == null
                ? null
                : vault.seal(present.tenant(), present.provider(), wish.secrets());
    }

    private Warehouse.Dataset dataset(TenantId tenant) {
        return warehouse.exists(tenant)
                ? new Warehouse.Dataset(false, List.of())
                : warehouse.create(tenant);
    }

    private static StoredCredential.Action action(boolean isNew) {
        return isNew ? StoredCredential.Action.CREATED : StoredCredential.Action.UPDATED;
    }

    private static EngineException none(UUID id) {
        return EngineException.notFound("There is no credential " + id + ".");
    }
}
