package dev.convergence.service.http;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.subscription.SubscriptionStatus;
import dev.convergence.engine.tenant.TenantStanding;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether a tenant in this standing is served today.
final class Standings {

    private static final Set<SubscriptionStatus> PAID =
            EnumSet.of(SubscriptionStatus.ACTIVE, SubscriptionStatus.TRIAL);

    private Standings() {}

    static void require(TenantStanding standing, boolean allowSuspended, Instant now) {
        requireTenant(standing, allowSuspended);
        if (!PAID.contains(standing.subscriptionStatus())) {
            throw new EngineException(
                    ErrorCode.SUBSCRIPTION_INACTIVE,
                    "Subscription is %s: ask the operator to renew it."
                            .formatted(standing.subscriptionStatus()));
        }
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        requireNotEnded("Trial", standing.trialEnd(), today);
        requireNotEnded("Subscription", standing.subscriptionEnd(), today);
    }

    private static void requireTenant(TenantStanding standing, boolean allowSuspended) {
        switch (standing.tenantStatus()) {
            case ACTIVE, TRIAL -> {}
            case SUSPENDED, CANCELLED -> {
                if (!allowSuspended) {
                    throw new EngineException(
                            ErrorCode.CUSTOMER_SUSPENDED,
                            "This tenant is %s: ask the operator to activate it."
                                    .formatted(
                                            standing.tenantStatus()
                                                    .name()
                                                    .toLowerCase(Locale.ROOT)));
                }
            }
        }
    }

    private static void requireNotEnded(String what, @Nullable LocalDate end, LocalDate today) {
        if (end != null && end.isBefore(today)) {
            throw new EngineException(
                    ErrorCode.SUBSCRIPTION_EXPIRED,
                    "%s expired on %s: ask the operator to extend it.".formatted(what, end));
        }
    }
}
