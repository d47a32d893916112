package dev.convergence.api.tenant;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an onboarding brought about.
///
/// @param apiKey shown this once; null when the tenant keeps the key it had
/// @param dryrunStatus SUCCESS when the new data set answered with its tables, else FAILED
public record OnboardAnswer(
        String tenantId,
        String customerId,
        @Nullable String apiKey,
        String subscriptionPlan,
        String status,
        String datasetId,
        String tenantDatasetId,
        boolean datasetCreated,
        List<String> tablesCreated,
        String dryrunStatus,
        String message) {

    @Override
    public String toString() {
        return "OnboardAnswer[tenantId=" + tenantId + ", apiKey=***]";
    }
}
