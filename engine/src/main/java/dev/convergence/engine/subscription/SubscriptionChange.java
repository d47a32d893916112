package dev.convergence.engine.subscription;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.error.FieldFaults;
import java.time.LocalDate;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What to change of a subscription; null leaves a field as it is.
public record SubscriptionChange(
        @Nullable Plan plan,
        @Nullable SubscriptionStatus status,
        @Nullable Integer daily,
        @Nullable Integer monthly,
        @Nullable Integer concurrent,
        @Nullable Integer teamMembersMax,
        @Nullable Integer providersMax,
        @Nullable LocalDate trialEnd,
        @Nullable LocalDate start,
        @Nullable LocalDate end) {

    /// The highest values that one of the routes takes, and the lowest that all of its fields take.
    public enum Bounds {
        SUBSCRIPTION(1, 100, 50, 10_000, 300_000, 100),
        LIMITS(1, 1_000, 100, 100_000, 3_000_000, 100),
        QUOTA(0, 0, 0, 1_000_000_000, 1_000_000_000, 1_000_000);

        private final int least;
        private final int teamMembers;
        private final int providers;
        private final int daily;
        private final int monthly;
        private final int concurrent;

        Bounds(int least, int teamMembers, int providers, int daily, int monthly, int concurrent) {
            this.least = least;
            this.teamMembers = teamMembers;
            this.providers = providers;
            this.daily = daily;
            this.monthly = monthly;
            this.concurrent = concurrent;
        }
    }

    public static SubscriptionChange plan(Plan plan) {
        return new SubscriptionChange(plan, null, null, null, null, null, null, null, null, null);
    }

    public static SubscriptionChange limits(
            @Nullable Integer daily, @Nullable Integer monthly, @Nullable Integer concurrent) {
        return limits(daily, monthly, concurrent, null, null);
    }

    public static SubscriptionChange limits(
            @Nullable Integer daily,
            @Nullable Integer monthly,
            @Nullable Integer concurrent,
            @Nullable Integer teamMembersMax,
            @Nullable Integer providersMax) {
        return new SubscriptionChange(
                null,
                null,
                daily,
                monthly,
                concurrent,
                teamMembersMax,
                providersMax,
                null,
                null,
                null);
    }

    void check(Bounds bounds, FieldFaults faults) {
        refuseIfEmpty();
        faults.range("max_team_members", teamMembersMax, bounds.least, bounds.teamMembers);
        faults.range("max_providers", providersMax, bounds.least, bounds.providers);
        faults.range("daily_limit", daily, bounds.least, bounds.daily);
        faults.range("monthly_limit", monthly, bounds.least, bounds.monthly);
        faults.range("concurrent_limit", concurrent, bounds.least, bounds.concurrent);
    }

    private void refuseIfEmpty() {
        boolean empty =
                Stream.of(
                                plan,
                                status,
                                daily,
                                monthly,
                                concurrent,
                                teamMembersMax,
                                providersMax,
                                trialEnd,
                                start,
                                end)
                        .allMatch(Objects::isNull);
        if (empty) {
            throw new EngineException(
                    ErrorCode.INVALID_REQUEST, "Nothing to change: name at least one field.");
        }
    }
}
