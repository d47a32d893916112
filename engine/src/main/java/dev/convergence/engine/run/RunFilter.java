package dev.convergence.engine.run;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which runs somebody wants to see; null asks for any.
///
/// @param scheduledOnly the runs of configs only, without manual ones
/// @param scheduledOn the UTC day on which they were due
/// @param before only runs made before this one: the cursor
/// @param offset how many to pass over, for callers without a cursor
public record RunFilter(
        @Nullable TenantId tenant,
        @Nullable String pipelineId,
        @Nullable ConfigId config,
        @Nullable String state,
        boolean scheduledOnly,
        @Nullable LocalDate scheduledOn,
        @Nullable JobId retryOf,
        @Nullable JobId before,
        int limit,
        int offset) {

    /// The same wish for whatever page.
    RunFilter ofAnyPage() {
        return new RunFilter(
                tenant, pipelineId, config, state, scheduledOnly, scheduledOn, retryOf, null, 0, 0);
    }

    RunFilter inAnyState() {
        return new RunFilter(
                tenant,
                pipelineId,
                config,
                null,
                scheduledOnly,
                scheduledOn,
                retryOf,
                before,
                limit,
                offset);
    }

    /// The same wish of one tenant.
    RunFilter of(TenantId owner) {
        return new RunFilter(
                owner,
                pipelineId,
                config,
                state,
                scheduledOnly,
                scheduledOn,
                retryOf,
                before,
                limit,
                offset);
    }

    /// How the wanted pipeline's id is written, which begins with its tenant's; null when it is of
    /// no pipeline of the tenant.
    @Nullable String writtenId() {
        String id = Objects.requireNonNull(pipelineId);
        String owner = Objects.requireNonNull(tenant).value() + "-";
        return id.regionMatches(true, 0, owner, 0, owner.length())
                ? owner + id.substring(owner.length()).toLowerCase(Locale.ROOT)
                : null;
    }
}
