package dev.convergence.service.http.admin;

import dev.convergence.api.admin.AdminKeyAnswer;
import dev.convergence.api.admin.AdminTenantAnswer;
import dev.convergence.api.admin.BootstrapAnswer;
import dev.convergence.api.admin.BootstrapRequest;
import dev.convergence.engine.Bootstrap;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.tenant.IssuedKey;
import dev.convergence.engine.tenant.OperatorSteps;
import org.jspecify.annotations.Nullable;

/// The words of set-up steps on the wire.
final class AdminWords {

    private AdminWords() {}

    static void refuseForce(@Nullable BootstrapRequest request) {
        if (request != null) {
            refuse("force_recreate_dataset", request.forceRecreateDataset());
            refuse("force_recreate_tables", request.forceRecreateTables());
        }
    }

    private static void refuse(String field, @Nullable Boolean force) {
        if (Boolean.TRUE.equals(force)) {
            throw EngineException.invalidField(
                    field,
                    "NOT_ALLOWED",
                    "would drop what all tenants have; leave it out. Whoever wants an empty"
                            + " installation gives it an empty database.");
        }
    }

    static BootstrapAnswer answer(Bootstrap.Done done) {
        int total = done.created().size() + done.existed().size();
        return new BootstrapAnswer(
                "success",
                done.isNew(),
                done.created(),
                done.existed(),
                total,
                done.created().isEmpty()
                        ? "All " + total + " central tables were there and are up to date."
                        : done.created().size() + " central tables were made.");
    }

    static AdminTenantAnswer answer(OperatorSteps.Holdings holdings) {
        String tenant = holdings.tenant().value();
        return new AdminTenantAnswer(
                tenant,
                tenant,
                holdings.hasDataset() ? 1 : 0,
                holdings.activeKeys(),
                holdings.runs());
    }

    static AdminKeyAnswer answer(IssuedKey issued, @Nullable String description) {
        String tenant = issued.key().tenant().value();
        return new AdminKeyAnswer(
                issued.clearText(),
                issued.hash(),
                tenant,
                tenant,
                issued.key().createdAt(),
                description);
    }
}
