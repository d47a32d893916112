package dev.convergence.engine.tenant;

import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is known of an API key; its clear text is not.
public record ApiKey(
        UUID id,
        TenantId tenant,
        String name,
        List<String> scopes,
        boolean isActive,
        @Nullable Instant expiresAt,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant deactivatedAt) {

    public ApiKey {
        scopes = List.copyOf(scopes);
    }
}
