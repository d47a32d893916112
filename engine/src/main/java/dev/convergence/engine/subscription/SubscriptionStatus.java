package dev.convergence.engine.subscription;

/// Whether the plan may be used; only ACTIVE and TRIAL let pipelines run.
public enum SubscriptionStatus {
    ACTIVE,
    TRIAL,
    EXPIRED,
    CANCELLED,
    PAST_DUE;

    public boolean isUsable() {
        return this == ACTIVE || this == TRIAL;
    }
}
