package dev.convergence.engine.tenant;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.error.FieldFaults;
import org.jspecify.annotations.Nullable;

/// What to change of a profile; null leaves a field as it is.
public record TenantUpdate(@Nullable String companyName, @Nullable String adminEmail) {

    TenantUpdate check() {
        if (companyName == null && adminEmail == null) {
            throw new EngineException(
                    ErrorCode.INVALID_REQUEST,
                    "Nothing to change: name company_name, admin_email or both.");
        }
        FieldFaults faults = new FieldFaults();
        TenantUpdate checked =
                new TenantUpdate(
                        companyName == null ? null : Profiles.companyName(companyName, faults),
                        adminEmail == null ? null : Profiles.adminEmail(adminEmail, faults));
        faults.refuseIfAny();
        return checked;
    }
}
