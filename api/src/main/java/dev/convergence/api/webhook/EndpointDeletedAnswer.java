package dev.convergence.api.webhook;

import java.util.UUID;

/// That an endpoint is gone.
public record EndpointDeletedAnswer(
        UUID endpointId, String tenantId, String customerId, boolean deleted, String message) {}
