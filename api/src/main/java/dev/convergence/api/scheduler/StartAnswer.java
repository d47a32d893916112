package dev.convergence.api.scheduler;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// @param state RUNNING
/// @param recoveryStats null when nothing was looked for
public record StartAnswer(
        boolean success, String state, String message, @Nullable RecoveryStats recoveryStats) {

    /// What that very call recovered of the tenant's.
    public record RecoveryStats(
            int runningJobsRecovered,
            int reservationsExpired,
            int retriesCreated,
            int jobGroupsRecovered,
            List<String> errors) {}
}
