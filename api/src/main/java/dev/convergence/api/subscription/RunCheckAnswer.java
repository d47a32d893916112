package dev.convergence.api.subscription;

import java.util.List;

/// Whether a pipeline could run now, and if not, every reason.
public record RunCheckAnswer(
        String tenantId,
        String customerId,
        boolean canRunPipeline,
        UsageAnswer.Remaining quotaRemaining,
        String subscriptionStatus,
        List<String> validationErrors) {}
