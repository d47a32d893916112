package dev.convergence.api.tenant;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an onboarding would meet.
public record DryRunAnswer(
        String status,
        @Nullable String tenantId,
        @Nullable String customerId,
        String subscriptionPlan,
        @Nullable String companyName,
        @Nullable String adminEmail,
        Summary validationSummary,
        List<Result> validationResults,
        String message,
        boolean readyForOnboarding) {

    public record Summary(int totalChecks, int passed, int failed, boolean allPassed) {}

    public record Result(
            String checkName,
            boolean passed,
            String message,
            Map<String, Object> details,
            Instant timestamp) {}
}
