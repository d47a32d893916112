package dev.convergence.service.http;

import dev.convergence.engine.tenant.AuthenticatedKey;
import java.time.Instant;

/// Finds out whom a tenant's key belongs to.
@FunctionalInterface
public interface KeyAuthenticator {

    /// @throws dev.convergence.engine.error.EngineException INVALID_API_KEY or API_KEY_EXPIRED
    AuthenticatedKey authenticate(String key, Instant now);
}
