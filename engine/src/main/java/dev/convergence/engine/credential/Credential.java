package dev.convergence.engine.credential;

import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What may be shown of a credential: everything but its secrets.
public record Credential(
        UUID id,
        TenantId tenant,
        Provider provider,
        CredentialType type,
        String name,
        @Nullable String projectId,
        @Nullable String accountId,
        @Nullable String region,
        List<String> scopes,
        @Nullable String description,
        boolean isActive,
        ValidationStatus validation,
        @Nullable String validationError,
        @Nullable Instant lastValidatedAt,
        @Nullable Instant lastUsedAt,
        @Nullable String createdBy,
        @Nullable String updatedBy,
        Instant createdAt,
        Instant updatedAt) {

    public Credential {
        scopes = List.copyOf(scopes);
    }
}
