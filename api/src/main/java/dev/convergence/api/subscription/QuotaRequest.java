package dev.convergence.api.subscription;

import com.fasterxml.jackson.annotation.JsonAlias;
import org.jspecify.annotations.Nullable;

/// New limits of how many pipelines may run; they hold at once.
public record QuotaRequest(
        @JsonAlias("max_pipelines_per_day") @Nullable Integer dailyLimit,
        @JsonAlias("max_pipelines_per_month") @Nullable Integer monthlyLimit,
        @JsonAlias({"max_concurrent_pipelines", "concurrent_pipelines"})
                @Nullable Integer concurrentLimit) {}
