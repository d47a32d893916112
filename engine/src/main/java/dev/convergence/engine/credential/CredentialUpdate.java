package dev.convergence.engine.credential;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.error.FieldFaults;
import org.jspecify.annotations.Nullable;

/// What to change of a credential; null leaves a field as it is.
public record CredentialUpdate(
        @Nullable Object secrets, @Nullable String description, @Nullable Boolean isActive) {

    record Checked(
            @Nullable Secrets secrets, @Nullable String description, @Nullable Boolean isActive) {}

    Checked check() {
        if (secrets == null && description == null && isActive == null) {
            throw new EngineException(
                    ErrorCode.INVALID_REQUEST,
                    "Nothing to change: name credentials, description or is_active.");
        }
        FieldFaults faults = new FieldFaults();
        Secrets checkedSecrets = secrets == null ? null : Secrets.checked(secrets, faults);
        String text =
                faults.optionalText(
                        "description", description, 1, NewCredential.DESCRIPTION_LENGTH_MAX);
        faults.refuseIfAny();
        return new Checked(checkedSecrets, text, isActive);
    }

    @Override
    public String toString() {
        return "CredentialUpdate[secrets=***, isActive=" + isActive + "]";
    }
}
