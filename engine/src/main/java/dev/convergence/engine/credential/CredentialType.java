package dev.convergence.engine.credential;

import dev.convergence.engine.error.FieldFaults;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How a credential proves who it is.
public enum CredentialType {
    SERVICE_ACCOUNT,
    ACCESS_KEY,
    API_KEY,
    IAM_ROLE,
    OAUTH,
    CONNECTION_STRING;

    /// Older clients spell two of them with the name of the file or the thing.
    static @Nullable CredentialType checked(@Nullable String name, FieldFaults faults) {
        if (name == null) {
            return null;
        }
        return switch (name.strip().toUpperCase(Locale.ROOT)) {
            case "SERVICE_ACCOUNT_KEY" -> SERVICE_ACCOUNT;
            case "OAUTH_TOKEN" -> OAUTH;
            default -> faults.word("credential_type", name, CredentialType.class);
        };
    }
}
