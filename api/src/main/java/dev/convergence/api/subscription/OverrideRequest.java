package dev.convergence.api.subscription;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Other limits than the subscription's, until an instant.
///
/// @param reason why; kept for the record
public record OverrideRequest(
        @JsonAlias("max_pipelines_per_day") @Nullable Integer dailyLimit,
        @JsonAlias("max_pipelines_per_month") @Nullable Integer monthlyLimit,
        @JsonAlias({"max_concurrent_pipelines", "concurrent_pipelines"})
                @Nullable Integer concurrentLimit,
        @Nullable Instant expiresAt,
        @Nullable String reason) {}
