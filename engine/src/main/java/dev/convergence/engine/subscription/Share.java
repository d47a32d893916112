package dev.convergence.engine.subscription;

import dev.convergence.engine.id.TenantId;

/// How much of its limits a tenant uses now.
///
/// @param running jobs that run now
/// @param daily used by limit: 1 is full; so for the others
public record Share(TenantId tenant, int running, double daily, double monthly, double concurrent) {

    static double of(int used, int limit) {
        return limit == 0 ? 1 : (double) used / limit;
    }
}
