package dev.convergence.api.webhook;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An endpoint, without its secret.
///
/// @param failingSince since when no attempt has reached it; null when the last one did
/// @param disabledReason why the server switched it off; null when it is on, or its tenant did it
/// @param oldSecretValidUntil until when the secret before the last rotation signs too
public record EndpointAnswer(
        UUID endpointId,
        String tenantId,
        String customerId,
        String url,
        List<String> events,
        @Nullable String description,
        int maxAttempts,
        boolean enabled,
        @Nullable String disabledReason,
        @Nullable Instant failingSince,
        @Nullable Instant oldSecretValidUntil,
        Instant createdAt,
        Instant updatedAt) {

    /// An endpoint whose secret was just made.
    ///
    /// @param secret shown this once
    public record WithSecret(@JsonUnwrapped EndpointAnswer endpoint, String secret) {

        @Override
        public String toString() {
            return "WithSecret[" + endpoint.endpointId() + ", secret=***]";
        }
    }
}
