package dev.convergence.engine.subscription;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.error.FieldFaults;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What an operator wants to hold for a tenant for a time.
public record OverrideWish(
        @Nullable Integer daily,
        @Nullable Integer monthly,
        @Nullable Integer concurrent,
        @Nullable Instant expiresAt,
        @Nullable String reason) {

    private static final int RUNS_MAX = 1_000_000_000;
    private static final int CONCURRENT_MAX = 1_000_000;
    private static final int REASON_LENGTH_MAX = 500;

    /// What is meant to last belongs into the subscription.
    private static final Duration LONGEST = Duration.ofDays(366);

    /// @return the reason, as it is kept
    String check(Instant now) {
        if (daily == null && monthly == null && concurrent == null) {
            throw new EngineException(
                    ErrorCode.INVALID_REQUEST,
                    "Nothing to override: name at least one of daily_limit, monthly_limit and concurrent_limit.");
        }
        FieldFaults faults = new FieldFaults();
        faults.range("daily_limit", daily, 0, RUNS_MAX);
        faults.range("monthly_limit", monthly, 0, RUNS_MAX);
        faults.range("concurrent_limit", concurrent, 0, CONCURRENT_MAX);
        checkExpiry(faults, now);
        String text = faults.text("reason", reason, 1, REASON_LENGTH_MAX);
        faults.refuseIfAny();
        return text;
    }

    private void checkExpiry(FieldFaults faults, Instant now) {
        if (expiresAt == null) {
            faults.add("expires_at", "REQUIRED", "is required.");
        } else if (!expiresAt.isAfter(now) || expiresAt.isAfter(now.plus(LONGEST))) {
            faults.add(
                    "expires_at",
                    "OUT_OF_RANGE",
                    "is after now and at most " + LONGEST.toDays() + " days away.");
        }
    }
}
