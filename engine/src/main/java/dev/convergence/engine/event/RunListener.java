package dev.convergence.engine.event;

import dev.convergence.engine.id.TenantId;
import java.time.Duration;

/// Hears of executions that have ended on this node, for counting them.
@FunctionalInterface
public interface RunListener {

    RunListener NOBODY = (_, _, _, _) -> {};

    /// @param pipelineId the pipeline's id, or the job's type where it is no pipeline
    /// @param state COMPLETED, FAILED, SKIPPED or CANCELLED
    void ended(TenantId tenant, String pipelineId, String state, Duration duration);
}
