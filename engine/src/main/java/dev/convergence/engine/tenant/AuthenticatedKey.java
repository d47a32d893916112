package dev.convergence.engine.tenant;

import dev.convergence.engine.id.TenantId;
import java.util.Set;
import java.util.UUID;

/// Whose key it was, and what the key and its tenant may do.
public record AuthenticatedKey(
        TenantId tenant, UUID apiKeyId, Set<String> scopes, TenantStanding standing) {

    public AuthenticatedKey {
        scopes = Set.copyOf(scopes);
    }
}
