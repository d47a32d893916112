package dev.convergence.engine.job;

import dev.convergence.engine.id.ConfigId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where a job came from.
///
/// @param pipelineId `{tenant}-{provider}-{domain}-{template}`; null for jobs that are no pipelines
/// @param config the config that was due, or whose run-now was asked for
/// @param slotAt the instant at which the config was due
/// @param triggerBy free text: who or what asked
/// @param userId the user that the caller named; null for scheduled runs
/// @param flightKey what makes a second unfinished chain superfluous, see [Origin#isManual]
public record Origin(
        @Nullable String pipelineId,
        @Nullable ConfigId config,
        @Nullable Instant slotAt,
        TriggerType trigger,
        @Nullable String triggerBy,
        @Nullable String userId,
        @Nullable String flightKey) {

    /// Of a job that a program put in itself.
    public static final Origin CALLER =
            new Origin(null, null, null, TriggerType.API, null, null, null);

    /// A manual run counts against the concurrent limit from its acceptance, because its caller was
    /// promised a start; others wait in the queue without limit.
    public boolean isManual() {
        return trigger == TriggerType.API && pipelineId != null;
    }

    public Origin retried() {
        return new Origin(
                pipelineId, config, slotAt, TriggerType.RETRY, triggerBy, userId, flightKey);
    }
}
