package dev.convergence.service.http;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.TenantId;
import dev.convergence.service.http.problem.Refusal;
import dev.convergence.service.http.problem.RefusedException;
import java.util.Optional;

/// Checks tenant ids wherever a request names one.
public final class TenantIds {

    private TenantIds() {}

    /// What is wrong with an id; empty when nothing is.
    public static Optional<Refusal> fault(String where, String id) {
        try {
            TenantId checked = new TenantId(id);
            return checked.value().isEmpty() ? Optional.of(refusal(where, "")) : Optional.empty();
        } catch (EngineException e) {
            return Optional.of(refusal(where, String.valueOf(e.getMessage())));
        }
    }

    /// @throws RefusedException when it cannot be one
    static void require(String where, String id) {
        fault(where, id)
                .ifPresent(refusal -> {
                    throw new RefusedException(refusal);
                });
    }

    private static Refusal refusal(String where, String sentence) {
        return Refusal.of(ErrorCode.INVALID_TENANT_ID, where + ": " + sentence);
    }
}
