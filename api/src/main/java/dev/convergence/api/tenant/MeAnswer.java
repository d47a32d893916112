package dev.convergence.api.tenant;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Whose key it is that the request carries.
///
/// @param role TENANT or OPERATOR; an operator has no tenant and no scopes
public record MeAnswer(
        String role,
        @Nullable String tenantId,
        @Nullable String customerId,
        @Nullable String companyName,
        @Nullable String subscriptionPlan,
        @Nullable String status,
        @Nullable UUID apiKeyId,
        List<String> scopes) {}
