package dev.convergence.engine.tenant;

import dev.convergence.engine.id.TenantId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// The SQL of a departure; what has a foreign key to the tenant goes with it.
final class DepartureStore {

    private static final String LOCK_SCHEDULES =
            """
            SELECT config_id FROM schedule
            WHERE config_id IN (
                SELECT config_id FROM pipeline_config WHERE tenant_id = :tenant AND deleted_at IS NULL)
            ORDER BY config_id FOR UPDATE
            """;

    private static final String LOCK_SUBSCRIPTION =
            "SELECT 1 FROM subscription WHERE tenant_id = :tenant FOR UPDATE";

    private static final String HALT =
            "UPDATE lane SET is_suspended = true WHERE tenant_id = :tenant";

    /// Keeps the tenant's jobs from being claimed.
    void halt(Handle handle, TenantId tenant) {
        handle.createUpdate(HALT).bind("tenant", tenant.value()).execute();
    }

    private static final String RELEASE =
            """
            UPDATE lane SET is_suspended = EXISTS (
                SELECT 1 FROM tenant WHERE tenant.tenant_id = lane.tenant_id AND status = 'SUSPENDED')
            WHERE tenant_id = :tenant
            """;

    /// Undoes [#halt] of a tenant that stays after all.
    void release(Handle handle, TenantId tenant) {
        handle.createUpdate(RELEASE).bind("tenant", tenant.value()).execute();
    }

    void lockWork(Handle handle, TenantId tenant) {
        for (String lock : List.of(LOCK_SCHEDULES, LOCK_SUBSCRIPTION)) {
            handle.createQuery(lock).bind("tenant", tenant.value()).mapTo(String.class).list();
        }
    }

    private static final String COUNT =
            """
            SELECT 'tenants' AS what, 1 AS total
            UNION ALL SELECT 'api_keys', count(*) FROM api_key WHERE tenant_id = :tenant
            UNION ALL SELECT 'subscriptions', count(*) FROM subscription WHERE tenant_id = :tenant
            UNION ALL SELECT 'usage_days', count(*) FROM quota_usage WHERE tenant_id = :tenant
            UNION ALL SELECT 'credentials', count(*) FROM credential WHERE tenant_id = :tenant
            UNION ALL
            SELECT 'pipeline_configs', count(*) FROM pipeline_config WHERE tenant_id = :tenant
            """;

    Map<String, Long> count(Handle handle, TenantId tenant) {
        Map<String, Long> counts = new LinkedHashMap<>();
        handle.createQuery(COUNT)
                .bind("tenant", tenant.value())
                .map(row ->
                        Map.entry(
                                row.getColumn("what", String.class),
                                row.getColumn("total", Long.class)))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    /// Else a later tenant of the same id could be answered what this one was.
    private static final String DELETE_ANSWERS =
            "DELETE FROM idempotent_answer WHERE scope IN (:tenant, 'tenant:' || :tenant)";

    private static final String DELETE_LANE = "DELETE FROM lane WHERE tenant_id = :tenant";

    private static final String DELETE_TENANT = "DELETE FROM tenant WHERE tenant_id = :tenant";

    void delete(Handle handle, TenantId tenant) {
        for (String delete : List.of(DELETE_ANSWERS, DELETE_LANE, DELETE_TENANT)) {
            handle.createUpdate(delete).bind("tenant", tenant.value()).execute();
        }
    }

    private static final String RELEASE_ABANDONED =
            """
            UPDATE lane SET is_suspended = false
            FROM tenant WHERE tenant.tenant_id = lane.tenant_id AND is_suspended AND status <> 'SUSPENDED'
            """;

    int releaseAbandoned(Handle handle) {
        return handle.createUpdate(RELEASE_ABANDONED).execute();
    }
}
