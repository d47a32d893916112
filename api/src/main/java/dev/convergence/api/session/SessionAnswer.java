package dev.convergence.api.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Who has signed in, and until when.
///
/// @param role TENANT or OPERATOR
/// @param csrfToken what a request that changes something sends in `X-CSRF-Token`
public record SessionAnswer(
        String role,
        @Nullable String tenantId,
        @Nullable String customerId,
        String csrfToken,
        Instant signedInAt,
        Instant expiresAt) {}
