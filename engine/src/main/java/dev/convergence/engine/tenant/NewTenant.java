package dev.convergence.engine.tenant;

import dev.convergence.engine.error.FieldFaults;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.subscription.Plan;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A wish to become a tenant, as the user wrote it.
///
/// @param recreateDataset deletes the data set of the same name and makes a new one
/// @param recreateTables makes the `x_meta_*` tables that are missing
/// @param rotateKey for a tenant that is there: one new key in the place of all it has
public record NewTenant(
        @Nullable String id,
        @Nullable String companyName,
        @Nullable String adminEmail,
        @Nullable String plan,
        boolean recreateDataset,
        boolean recreateTables,
        boolean rotateKey) {

    record Checked(TenantId id, String companyName, String adminEmail, Plan plan) {}

    Checked check() {
        FieldFaults faults = new FieldFaults();
        String checkedId = Profiles.newId(id, faults);
        String company = Profiles.companyName(companyName, faults);
        String email = Profiles.adminEmail(adminEmail, faults);
        Plan wished = faults.word("subscription_plan", plan, Plan.class);
        faults.refuseIfAny();
        return new Checked(
                new TenantId(checkedId),
                company,
                email,
                Objects.requireNonNullElse(wished, Plan.STARTER));
    }

    boolean isForced() {
        return recreateDataset || recreateTables;
    }
}
