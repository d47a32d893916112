package dev.convergence.api.key;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What may be shown of an API key later: neither the key nor its hash.
public record KeyAnswer(
        UUID apiKeyId,
        UUID tenantApiKeyId,
        String tenantId,
        String customerId,
        String keyName,
        List<String> scopes,
        boolean isActive,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant deactivatedAt) {}
