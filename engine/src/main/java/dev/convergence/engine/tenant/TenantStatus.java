package dev.convergence.engine.tenant;

/// Where a tenant stands with the operator; only ACTIVE and TRIAL may work.
public enum TenantStatus {
    ACTIVE,
    TRIAL,
    SUSPENDED,
    CANCELLED
}
