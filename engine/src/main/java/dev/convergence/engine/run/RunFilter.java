package dev.convergence.engine.run;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import java.time.LocalDate;
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
}
