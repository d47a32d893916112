package dev.convergence.engine.queue;

import dev.convergence.engine.id.TenantId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// Removes all that a tenant has in the engine, in the transaction that deletes the tenant.
///
/// The lane is halted before, so nothing of it is claimed meanwhile; an execution that is still
/// under way finds its lease gone and changes nothing.
public final class TenantRemoval {

    // Tickets are moved to `ready` by transactions that do not hold the lane: their old places go
    // first, and that waits for the move, so `ready` holds all when its turn comes. Who makes
    // deliveries holds the outbox or the endpoint: these go before. The lane goes last, as
    // everywhere.
    private static final List<String> TABLES =
            List.of(
                    "job_group",
                    "reservation",
                    "deferred",
                    "parked",
                    "ready",
                    "in_flight",
                    "outbox",
                    "notification_rule",
                    "notification_channel",
                    "notification_delivery",
                    "notification_attempt",
                    "notification_cooldown",
                    "notification_told",
                    "webhook_endpoint",
                    "webhook_delivery",
                    "webhook_attempt",
                    "step_log",
                    "quality_result",
                    "run_log",
                    "artifact",
                    "dead_letter",
                    "slot_gap",
                    "slot",
                    "dead_letter",
                    "run",
                    "job",
                    "lane");

    private TenantRemoval() {}

    /// @return how many rows of each table are gone
    public static Map<String, Long> remove(Handle handle, TenantId tenant) {
        waitForAcceptances(handle, tenant);
        Map<String, Long> removed = new LinkedHashMap<>();
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

    /// Takes the tenant's claims away. The permits that they hold return when the work has stopped,
    /// as those of lost nodes do.
    public static void dropClaims(Handle handle, TenantId tenant) {
        PermitStore.keep(handle, tenant, HeldPermits.SILENT_MAX);
        removeFrom(handle, "lease", tenant);
    }

    private static final String FROM = "DELETE FROM %s WHERE tenant_id = :tenant";

    private static int removeFrom(Handle handle, String table, TenantId tenant) {
        return handle.createUpdate(FROM.formatted(table)).bind("tenant", tenant.value()).execute();
    }
}
