package dev.convergence.api.webhook;

import org.jspecify.annotations.Nullable;

/// Another secret for an endpoint.
///
/// @param secret left out: the server makes one
/// @param overlapSeconds how long the old one signs too: 0 to 604800; left out: 86400
public record RotateSecretRequest(@Nullable String secret, @Nullable Integer overlapSeconds) {

    @Override
    public String toString() {
        return "RotateSecretRequest[secret=***]";
    }
}
