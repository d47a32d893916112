package dev.convergence.service.http;

import dev.convergence.engine.id.TenantId;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who sent the request; handler methods take it as an argument.
public sealed interface Caller {

    /// The audit name from `X-User-ID`: recorded, never a permission.
    @Nullable String userId();

    record Tenant(TenantId tenant, UUID apiKeyId, Set<String> scopes, @Nullable String userId)
            implements Caller {}

    record Operator(@Nullable String userId) implements Caller {}

    record Anyone(@Nullable String userId) implements Caller {}
}
