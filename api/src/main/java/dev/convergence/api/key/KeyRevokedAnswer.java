package dev.convergence.api.key;

import java.util.UUID;

/// That a key is accepted no more.
public record KeyRevokedAnswer(
        UUID apiKeyId, String tenantId, String customerId, boolean isActive, String message) {}
