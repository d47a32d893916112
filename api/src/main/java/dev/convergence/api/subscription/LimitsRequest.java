package dev.convergence.api.subscription;

import com.fasterxml.jackson.annotation.JsonAlias;
import org.jspecify.annotations.Nullable;

/// New limits of any kind.
public record LimitsRequest(
        @Nullable Integer maxTeamMembers,
        @Nullable Integer maxProviders,
        @JsonAlias("max_pipelines_per_day") @Nullable Integer dailyLimit,
        @JsonAlias("max_pipelines_per_month") @Nullable Integer monthlyLimit,
        @JsonAlias({"max_concurrent_pipelines", "concurrent_pipelines"})
                @Nullable Integer concurrentLimit) {}
