package dev.convergence.engine.tenant;

/// Where a tenant stands with its payments; only ACTIVE and TRIAL may work.
public enum SubscriptionStatus {
    ACTIVE,
    TRIAL,
    EXPIRED,
    CANCELLED,
    PAST_DUE
}
