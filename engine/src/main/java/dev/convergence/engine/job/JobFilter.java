package dev.convergence.engine.job;

import dev.convergence.engine.id.GroupId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which jobs of a tenant somebody asks for; null means any.
///
/// @param status QUEUED, RUNNING or CANCELLED
/// @param state one of the six words of [JobView#state]
/// @param since only jobs made at this time or later
/// @param until only jobs made before this time
/// @param before only jobs made before this one, for paging
public record JobFilter(
        TenantId tenant,
        @Nullable String status,
        @Nullable String state,
        @Nullable String type,
        @Nullable GroupId group,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable JobId before,
        int limit) {

    public static JobFilter of(TenantId tenant) {
        return new JobFilter(tenant, null, null, null, null, null, null, null, 50);
    }

    /// Whether it asks for nothing but a tenant's jobs in some state.
    boolean isOfTenantAlone() {
        return type == null && group == null && since == null && until == null && before == null;
    }

    JobFilter inAnyState() {
        return new JobFilter(tenant, null, null, type, group, since, until, before, limit);
    }

    JobFilter inState(String one) {
        return new JobFilter(tenant, null, one, type, group, since, until, before, limit);
    }

    JobFilter inStatus(String one) {
        return new JobFilter(tenant, one, null, type, group, since, until, before, limit);
    }

    /// The same wish for whatever page.
    JobFilter ofAnyPage() {
        return new JobFilter(tenant, status, state, type, group, since, until, null, 0);
    }
}
