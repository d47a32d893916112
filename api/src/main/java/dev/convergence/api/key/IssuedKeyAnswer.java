package dev.convergence.api.key;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A new API key.
///
/// @param apiKey the key itself, shown this once
public record IssuedKeyAnswer(
        UUID apiKeyId,
        UUID tenantApiKeyId,
        String tenantId,
        String customerId,
        String keyName,
        String apiKey,
        List<String> scopes,
        boolean isActive,
        Instant createdAt,
        @Nullable Instant expiresAt) {

    @Override
    public String toString() {
        return "IssuedKeyAnswer[apiKeyId=" + apiKeyId + ", apiKey=***]";
    }
}
