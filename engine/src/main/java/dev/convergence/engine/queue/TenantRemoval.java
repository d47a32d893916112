package dev.convergence.engine.queue;

import dev.convergence.engine.id.TenantId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Removes all that a tenant has in the engine, in the transaction that deletes the tenant.
///
/// Under the tenant's lane, so nothing of it is claimed or settled meanwhile; an execution that is
/// still under way finds its lease gone and changes nothing.
public final class TenantRemoval {

    // Tickets are moved to `ready` by transactions that do not hold the lane: their old places go
    // first, and
    // that waits for the move, so `ready` holds all when its turn comes.
    private static final List<String> TABLES =
            List.of(
                    "deferred",
                    "parked",
                    "ready",
                    "lease",
                    "in_flight",
                    "outbox",
                    "step_log",
                    "quality_result",
                    "run_log",
                    "dead_letter",
                    "slot",
                    "run",
                    "job",
                    "lane");

    private TenantRemoval() {}

    /// @return how many rows of each table are gone
    public static Map<String, Long> remove(Handle handle, TenantId tenant) {
        LaneStore.lock(handle, Set.of(tenant));
        waitForAcceptances(handle, tenant);
        Map<String, Long> removed = new LinkedHashMap<>();
        removed.put("permit", removePermits(handle, tenant));
        for (String table : TABLES) {
            removed.put(table, (long) removeFrom(handle, table, tenant));
        }
        return removed;
    }

    // Whoever accepts a run holds a share of the tenant's row until it is committed.
    private static final String LOCK_TENANT =
            "SELECT tenant_id FROM tenant WHERE tenant_id = :tenant FOR UPDATE";

    private static void waitForAcceptances(Handle handle, TenantId tenant) {
        handle.createQuery(LOCK_TENANT).bind("tenant", tenant.value()).mapTo(String.class).list();
    }

    private static final String PERMITS =
            "DELETE FROM permit USING lease WHERE permit.job_id = lease.job_id AND lease.tenant_id = :tenant";

    private static long removePermits(Handle handle, TenantId tenant) {
        return handle.createUpdate(PERMITS).bind("tenant", tenant.value()).execute();
    }

    private static final String FROM = "DELETE FROM %s WHERE tenant_id = :tenant";

    private static int removeFrom(Handle handle, String table, TenantId tenant) {
        return handle.createUpdate(FROM.formatted(table)).bind("tenant", tenant.value()).execute();
    }
}
