package dev.convergence.api.credential;

import com.fasterxml.jackson.annotation.JsonAlias;
import org.jspecify.annotations.Nullable;

/// What to change of a credential.
public record CredentialChangeRequest(
        @JsonAlias("credentials_json") @Nullable Object credentials,
        @Nullable String description,
        @Nullable Boolean isActive) {

    @Override
    public String toString() {
        return "CredentialChangeRequest[credentials=***, isActive=" + isActive + "]";
    }
}
