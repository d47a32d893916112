package dev.convergence.api.credential;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A credential to store.
///
/// @param credentials the secret fields as an object, or a text that holds one
public record CredentialRequest(
        @Nullable String provider,
        @Nullable String credentialType,
        @Nullable String credentialName,
        @JsonAlias("credentials_json") @Nullable Object credentials,
        @Nullable String projectId,
        @Nullable String accountId,
        @Nullable String region,
        @Nullable List<@Nullable String> scopes,
        @Nullable String description) {

    @Override
    public String toString() {
        return "CredentialRequest[provider=" + provider + ", credentials=***]";
    }
}
