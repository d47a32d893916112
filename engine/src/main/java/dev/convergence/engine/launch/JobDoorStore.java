package dev.convergence.engine.launch;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.TenantId;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// The door through which jobs that people ask for come into a tenant's queue, one by one.
final class JobDoorStore {

    private JobDoorStore() {}

    // The share keeps the tenant from being deleted under its jobs. One at a time, so that the
    // positions that people see are 100, 200, 300; nothing else is held or waited for meanwhile.
    private static final String ENTER =
            """
            WITH alone AS MATERIALIZED (SELECT pg_advisory_xact_lock(hashtextextended('jobs:' || :tenant, 0)))
            SELECT tenant.tenant_id FROM alone, tenant WHERE tenant.tenant_id = :tenant FOR KEY SHARE OF tenant
            """;

    static void enter(Handle handle, TenantId tenant) {
        List<String> there =
                handle.createQuery(ENTER).bind("tenant", tenant.value()).mapTo(String.class).list();
        if (there.isEmpty()) {
            throw EngineException.notFound("There is no tenant " + tenant + ".");
        }
    }
}
