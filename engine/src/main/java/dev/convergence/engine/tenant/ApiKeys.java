package dev.convergence.engine.tenant;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.error.FieldFaults;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.id.TimeOrderedId;
import dev.convergence.engine.sql.Database;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What one can do with API keys.
///
/// A key is looked up in the database at every use: one read by a unique index, so that a revoked
/// key or a suspended tenant is refused at once on every node.
public final class ApiKeys {

    static final int ACTIVE_KEYS_MAX = 100;
    private static final int REASON_LENGTH_MAX = 500;
    static final String ONBOARDING_KEY = "onboarding";

    private final Database database;
    private final ApiKeyStore store = new ApiKeyStore();
    private final KeyUses uses;

    public ApiKeys(Database database) {
        this.database = database;
        this.uses = new KeyUses(database);
    }

    /// @throws EngineException INVALID_API_KEY for an unknown or revoked key, API_KEY_EXPIRED
    public AuthenticatedKey authenticate(String key, Instant now) {
        ApiKeyStore.Known known =
                database.read(handle -> store.findActive(handle, KeyText.hash(key)))
                        .orElseThrow(ApiKeys::invalid);
        if (known.expiresAt() != null && !known.expiresAt().isAfter(now)) {
            throw new EngineException(
                    ErrorCode.API_KEY_EXPIRED,
                    "This API key expired at " + known.expiresAt() + "; issue a new one.");
        }
        uses.note(known.key().apiKeyId(), now);
        return known.key();
    }

    public IssuedKey issue(TenantId tenant, KeyRequest request, Requester by, Instant now) {
        KeyRequest.Checked wish = request.check(now);
        Scopes.refuseBeyond(by, wish.scopes());
        return database.inTransaction(handle -> {
            refuseWhenFull(handle, tenant);
            return create(handle, tenant, wish, by, now);
        });
    }

    /// A key for a tenant that has none that is active.
    IssuedKey issueOnly(TenantId tenant, KeyRequest request, Requester by, Instant now) {
        KeyRequest.Checked wish = request.check(now);
        return database.inTransaction(handle -> {
            if (store.lockAndCountActive(handle, tenant) > 0) {
                throw new EngineException(
                        ErrorCode.CONFLICT,
                        "Tenant %s has an active API key; revoke it first, or issue another under /tenants/%s/api-keys."
                                .formatted(tenant, tenant));
            }
            return create(handle, tenant, wish, by, now);
        });
    }

    /// @param after the id of the last key of the page before, null for the first page
    public List<ApiKey> list(TenantId tenant, int limit, @Nullable UUID after) {
        return database.read(handle -> store.list(handle, tenant, limit, after));
    }

    /// Revoking a revoked key changes nothing.
    public ApiKey revoke(
            TenantId tenant, UUID id, @Nullable String reason, Requester by, Instant now) {
        String why = checkedReason(reason);
        return database.inTransaction(handle -> {
            ApiKey key = locked(handle, tenant, id);
            Scopes.refuseBeyond(by, key.scopes());
            store.deactivate(handle, tenant, id, by.name(), why, now);
            return key;
        });
    }

    /// The same by the hash, for who kept nothing else of it.
    ApiKey revoke(String hash, Requester by, Instant now) {
        ApiKey known =
                database.read(handle -> store.findByHash(handle, hash))
                        .orElseThrow(() ->
                                EngineException.notFound("There is no API key of this hash."));
        return revoke(known.tenant(), known.id(), null, by, now);
    }

    /// Replaces a key by one of the same name, scopes and expiry; the old one dies at once.
    public IssuedKey rotate(TenantId tenant, UUID id, Requester by, Instant now) {
        return database.inTransaction(handle -> {
            ApiKey old = locked(handle, tenant, id);
            Scopes.refuseBeyond(by, old.scopes());
            refuseRevoked(old);
            store.deactivate(handle, tenant, id, by.name(), "rotated", now);
            return create(handle, tenant, same(old), by, now);
        });
    }

    /// Writes down when keys were last used; the program calls it before it ends.
    public int flushLastUsed() {
        return uses.flush();
    }

    /// The key of a new tenant, in the onboarding's transaction.
    IssuedKey first(Handle handle, TenantId tenant, Requester by, Instant now) {
        KeyRequest.Checked wish = new KeyRequest.Checked(ONBOARDING_KEY, Scopes.ALL, null);
        return create(handle, tenant, wish, by, now);
    }

    /// Puts one new key in the place of all that the tenant has.
    IssuedKey replaceAll(Handle handle, TenantId tenant, Requester by, Instant now) {
        store.deactivateAll(handle, tenant, by.name(), "rotated", now);
        return first(handle, tenant, by, now);
    }

    private IssuedKey create(
            Handle handle, TenantId tenant, KeyRequest.Checked wish, Requester by, Instant now) {
        String clearText = KeyText.next(tenant);
        ApiKey key =
                new ApiKey(
                        TimeOrderedId.next(now),
                        tenant,
                        wish.name(),
                        wish.scopes(),
                        true,
                        wish.expiresAt(),
                        now,
                        null,
                        null);
        store.insert(handle, key, KeyText.hash(clearText), by.name());
        return new IssuedKey(key, clearText);
    }

    private ApiKey locked(Handle handle, TenantId tenant, UUID id) {
        return store.lock(handle, tenant, id)
                .orElseThrow(() -> EngineException.notFound("There is no API key " + id + "."));
    }

    private void refuseWhenFull(Handle handle, TenantId tenant) {
        if (store.lockAndCountActive(handle, tenant) >= ACTIVE_KEYS_MAX) {
            throw new EngineException(
                    ErrorCode.CONFLICT,
                    "The tenant has "
                            + ACTIVE_KEYS_MAX
                            + " active API keys, which is the most; revoke one first.");
        }
    }

    private static @Nullable String checkedReason(@Nullable String reason) {
        FieldFaults faults = new FieldFaults();
        String checked = faults.optionalText("reason", reason, 1, REASON_LENGTH_MAX);
        faults.refuseIfAny();
        return checked;
    }

    private static KeyRequest.Checked same(ApiKey old) {
        return new KeyRequest.Checked(old.name(), old.scopes(), old.expiresAt());
    }

    private static void refuseRevoked(ApiKey key) {
        if (!key.isActive()) {
            throw new EngineException(
                    ErrorCode.CONFLICT, "A revoked API key can't be rotated; issue a new one.");
        }
    }

    private static EngineException invalid() {
        return new EngineException(ErrorCode.INVALID_API_KEY, "Invalid or inactive API key.");
    }
}
