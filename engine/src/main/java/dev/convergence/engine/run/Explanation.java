package dev.convergence.engine.run;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import java.util.List;

/// Where a job is, and why; the strongest reason first.
///
/// @param state as lists show it
public record Explanation(JobId job, TenantId tenant, String state, List<Waiting> reasons) {

    public Explanation {
        reasons = List.copyOf(reasons);
    }

    public boolean isWaiting() {
        return reasons.stream()
                .noneMatch(reason ->
                        reason instanceof Waiting.Ended || reason instanceof Waiting.Running);
    }
}
