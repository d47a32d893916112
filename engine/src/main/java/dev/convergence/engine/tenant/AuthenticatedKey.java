package dev.convergence.engine.tenant;

import dev.convergence.engine.id.TenantId;
import java.util.Set;
import java.util.UUID;

/// Whom a presented key belongs to and what it may do.
public record AuthenticatedKey(
        TenantId tenant, UUID apiKeyId, Set<String> scopes, TenantStanding standing) {

    public AuthenticatedKey {
        scopes = Set.copyOf(scopes);
    }
}
