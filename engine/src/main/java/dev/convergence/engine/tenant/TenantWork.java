package dev.convergence.engine.tenant;

import dev.convergence.engine.id.TenantId;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// A tenant's work as its departure sees it: the nouns know no queue.
public interface TenantWork {

    /// Takes the tenant's claims away, inside the departure's transaction and before it locks
    /// anything else: a settling of them holds leases while it waits for other locks.
    void dropClaims(Handle handle, TenantId tenant);

    /// Cancels and deletes all of the tenant's jobs, tickets, claims, runs and their records inside
    /// the departure's transaction, and answers how many of each.
    Map<String, Long> removeAll(Handle handle, TenantId tenant);

    /// Called after the commit: what this node still runs for the tenant stops now.
    void stopped(TenantId tenant);
}
