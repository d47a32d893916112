package dev.convergence.engine.run;

import dev.convergence.engine.id.GroupId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import org.jspecify.annotations.Nullable;

/// Which runs of a tenant's jobs somebody asks for; null means any.
///
/// @param status COMPLETED, FAILED, SKIPPED, or RUNNING for those that have not ended
/// @param before only runs of jobs made before this one, for paging
public record JobRunFilter(
        TenantId tenant,
        @Nullable String status,
        @Nullable String type,
        @Nullable GroupId group,
        @Nullable JobId job,
        @Nullable JobId before,
        int limit) {}
