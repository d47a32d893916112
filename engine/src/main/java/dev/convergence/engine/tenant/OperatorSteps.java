package dev.convergence.engine.tenant;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.FieldFaults;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.warehouse.Warehouse;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Onboarding in single steps, as an operator's scripts take them: a tenant first, its key later.
public final class OperatorSteps {

    /// Nobody reads this address: the step that makes a tenant asks for none.
    private static final String NOBODY = "nobody@tenant.invalid";

    private static final String KEY_NAME = "admin";
    private static final int ID_LENGTH_MAX = 64;

    private final Database database;
    private final Warehouse warehouse;
    private final Onboarding onboarding;
    private final Tenants tenants;
    private final ApiKeys keys;

    public OperatorSteps(
            Database database,
            Warehouse warehouse,
            Onboarding onboarding,
            Tenants tenants,
            ApiKeys keys) {
        this.database = database;
        this.warehouse = warehouse;
        this.onboarding = onboarding;
        this.tenants = tenants;
        this.keys = keys;
    }

    /// @param activeKeys how many keys are not revoked; some of them may have expired
    /// @param runs of pipelines, each attempt for itself
    public record Holdings(TenantId tenant, boolean hasDataset, long activeKeys, long runs) {}

    /// A tenant of the smallest plan, without a key.
    public Holdings admit(
            @Nullable String id, @Nullable String description, Requester by, Instant now) {
        FieldFaults faults = new FieldFaults();
        String name = description == null ? id : Profiles.name("description", description, faults);
        faults.refuseIfAny();
        NewTenant wish = new NewTenant(id, name, NOBODY, null, false, false, false);
        return of(onboarding.onboardWithoutKey(wish, by, now).tenant().id());
    }

    public Holdings of(TenantId tenant) {
        tenants.get(tenant);
        boolean hasDataset = warehouse.exists(tenant);
        return database.count(handle -> HoldingStore.of(handle, tenant, hasDataset));
    }

    /// The one key of a tenant that has none.
    public IssuedKey issue(
            @Nullable String id, @Nullable String description, Requester by, Instant now) {
        FieldFaults faults = new FieldFaults();
        String known = faults.text("tenant_id", id, 1, ID_LENGTH_MAX);
        String name =
                faults.optionalText("description", description, 1, KeyRequest.NAME_LENGTH_MAX);
        faults.refuseIfAny();
        Tenant tenant = tenants.get(new TenantId(known));
        KeyRequest wish = new KeyRequest(name == null ? KEY_NAME : name, null, null);
        return keys.issueOnly(tenant.id(), wish, by, now);
    }

    /// @throws EngineException NOT_FOUND when no key has this hash
    public ApiKey revoke(String hash, Requester by, Instant now) {
        return keys.revoke(hash, by, now);
    }
}
