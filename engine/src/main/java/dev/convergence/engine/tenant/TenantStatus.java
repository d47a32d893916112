package dev.convergence.engine.tenant;

/// Where a tenant stands; only ACTIVE and TRIAL tenants run pipelines.
public enum TenantStatus {
    ACTIVE,
    TRIAL,
    SUSPENDED,
    CANCELLED;

    public boolean isUsable() {
        return this == ACTIVE || this == TRIAL;
    }

    /// A suspension and its end are the only moves; CANCELLED is final.
    boolean mayBecome(TenantStatus next) {
        return switch (next) {
            case SUSPENDED -> isUsable();
            case ACTIVE -> this == SUSPENDED || this == TRIAL;
            case TRIAL, CANCELLED -> false;
        };
    }
}
