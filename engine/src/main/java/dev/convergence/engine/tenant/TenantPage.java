package dev.convergence.engine.tenant;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some tenants of a list, by id.
///
/// @param total how many the whole list has
/// @param next the id after which the next page begins; null on the last
public record TenantPage(
        List<Tenant> tenants, long total, int page, int pageSize, @Nullable String next) {}
