package dev.convergence.api.notification;

import java.util.UUID;

/// A channel or a rule that is gone.
public record DeletedAnswer(UUID id, String tenantId, String customerId, boolean deleted) {}
