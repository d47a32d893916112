package dev.convergence.api.tenant;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of tenants; `items` and `tenants` are the same list.
public record TenantsAnswer(
        List<TenantAnswer> tenants,
        List<TenantAnswer> items,
        long total,
        int page,
        int pageSize,
        @Nullable String nextCursor) {}
