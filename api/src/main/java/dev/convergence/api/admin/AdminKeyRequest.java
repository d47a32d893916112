package dev.convergence.api.admin;

import com.fasterxml.jackson.annotation.JsonAlias;
import org.jspecify.annotations.Nullable;

/// A wish for a tenant's one key.
///
/// @param description the key's name
public record AdminKeyRequest(
        @JsonAlias("customer_id") @Nullable String tenantId, @Nullable String description) {}
