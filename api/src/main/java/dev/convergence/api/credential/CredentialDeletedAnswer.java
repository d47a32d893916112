package dev.convergence.api.credential;

import java.util.UUID;

/// That a credential is gone.
public record CredentialDeletedAnswer(
        UUID credentialId, String tenantId, String customerId, boolean deleted, String message) {}
