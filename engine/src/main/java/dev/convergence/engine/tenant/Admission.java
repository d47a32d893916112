package dev.convergence.engine.tenant;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.TenantId;

/// Who may ask for an id: everybody where onboarding is open, else the operator.
///
/// A tenant's key may always name its own tenant, and no other; so no answer tells who else is
/// there.
public record Admission(boolean isOpen) {

    /// A stranger learns nothing about what is wrong with its wish.
    void requireKnown(Requester by) {
        if (!isOpen && by instanceof Requester.Stranger) {
            throw refusal(ErrorCode.UNAUTHORIZED);
        }
    }

    void require(TenantId id, Requester by) {
        if (isOpen) {
            return;
        }
        switch (by) {
            case Requester.Operator operator -> {}
            case Requester.Owner owner when owner.tenant().equals(id) -> {}
            case Requester.Owner owner -> throw refusal(ErrorCode.FORBIDDEN);
            case Requester.Stranger stranger -> throw refusal(ErrorCode.UNAUTHORIZED);
        }
    }

    private static EngineException refusal(ErrorCode code) {
        return new EngineException(code, "Onboarding needs the operator's key in X-Admin-Key.");
    }
}
