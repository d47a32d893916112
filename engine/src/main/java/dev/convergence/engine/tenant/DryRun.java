package dev.convergence.engine.tenant;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What an onboarding would meet, without its effects.
public record DryRun(NewTenant wish, List<Check> checks) {

    /// @param isCritical whether a failure stands in the way of onboarding
    public record Check(
            String name,
            boolean isCritical,
            boolean passed,
            String message,
            Map<String, Object> details,
            Instant checkedAt) {}

    public DryRun {
        checks = List.copyOf(checks);
    }

    public boolean isReady() {
        return checks.stream().allMatch(check -> check.passed() || !check.isCritical());
    }
}
