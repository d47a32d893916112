package dev.convergence.api.admin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A tenant's new key.
///
/// @param apiKey the key itself, shown this once
/// @param tenantApiKeyHash by which it can be revoked: SHA-256 in hexadecimal digits
public record AdminKeyAnswer(
        @Nullable String apiKey,
        String tenantApiKeyHash,
        String tenantId,
        String customerId,
        Instant createdAt,
        @Nullable String description) {

    @Override
    public String toString() {
        return "AdminKeyAnswer[tenantId=" + tenantId + ", apiKey=***]";
    }
}
