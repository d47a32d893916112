package dev.convergence.api.admin;

import com.fasterxml.jackson.annotation.JsonAlias;
import org.jspecify.annotations.Nullable;

/// A wish for a tenant without a key.
///
/// @param description what it is called; without one its id
public record AdminTenantRequest(
        @JsonAlias("customer_id") @Nullable String tenantId, @Nullable String description) {}
