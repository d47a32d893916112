package dev.convergence.api.credential;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What may be shown of a credential: everything but its secrets.
public record CredentialAnswer(
        UUID credentialId,
        String tenantId,
        String customerId,
        String provider,
        String credentialType,
        String credentialName,
        @Nullable String projectId,
        @Nullable String accountId,
        @Nullable String region,
        List<String> scopes,
        @Nullable String description,
        boolean isActive,
        String validationStatus,
        @Nullable String validationError,
        @Nullable Instant lastValidatedAt,
        @Nullable Instant lastUsedAt,
        @Nullable String createdByUserId,
        @Nullable String updatedByUserId,
        Instant createdAt,
        Instant updatedAt) {

    /// A credential that was just stored.
    ///
    /// @param action CREATED or UPDATED
    /// @param datasetStatus CREATED when the tenant's data set came with it, else EXISTS
    public record Stored(
            @JsonUnwrapped CredentialAnswer credential,
            String action,
            String datasetStatus,
            List<String> tablesCreated,
            String message) {}
}
