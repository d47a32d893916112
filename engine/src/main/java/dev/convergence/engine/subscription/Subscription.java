package dev.convergence.engine.subscription;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.id.TimeOrderedId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A tenant's plan with the limits that hold for it now, which the operator may have changed.
public record Subscription(
        UUID id,
        TenantId tenant,
        Plan plan,
        SubscriptionStatus status,
        Limits limits,
        int teamMembersMax,
        int providersMax,
        BigDecimal monthlyPriceUsd,
        String billingCycle,
        boolean autoRenew,
        @Nullable LocalDate trialStart,
        @Nullable LocalDate trialEnd,
        LocalDate start,
        @Nullable LocalDate end,
        Instant createdAt,
        Instant updatedAt) {

    static Subscription opened(TenantId tenant, Plan plan, Instant now) {
        return new Subscription(
                TimeOrderedId.next(now),
                tenant,
                plan,
                SubscriptionStatus.ACTIVE,
                plan.limits(),
                plan.teamMembersMax(),
                plan.providersMax(),
                plan.monthlyPriceUsd(),
                "MONTHLY",
                true,
                null,
                null,
                LocalDate.ofInstant(now, ZoneOffset.UTC),
                null,
                now,
                now);
    }

    /// A new plan brings its own limits and price; limits named beside it win.
    Subscription changed(SubscriptionChange change, Instant now) {
        Subscription base = change.plan() == null ? this : booked(change.plan());
        return new Subscription(
                id,
                tenant,
                base.plan,
                or(change.status(), status),
                new Limits(
                        or(change.daily(), base.limits.daily()),
                        or(change.monthly(), base.limits.monthly()),
                        or(change.concurrent(), base.limits.concurrent())),
                or(change.teamMembersMax(), base.teamMembersMax),
                or(change.providersMax(), base.providersMax),
                base.monthlyPriceUsd,
                billingCycle,
                autoRenew,
                trialStart,
                or(change.trialEnd(), trialEnd),
                or(change.start(), start),
                or(change.end(), end),
                createdAt,
                now);
    }

    private Subscription booked(Plan next) {
        return opened(tenant, next, createdAt);
    }

    private static <T extends @Nullable Object> T or(@Nullable T wished, T present) {
        return wished == null ? present : wished;
    }
}
