package dev.convergence.engine.tenant;

import dev.convergence.engine.id.TenantId;
import org.jdbi.v3.core.Handle;

/// Counts what a tenant has.
final class HoldingStore {

    private HoldingStore() {}

    private static final String HOLDINGS =
            """
            SELECT (SELECT count(*) FROM api_key WHERE tenant_id = :tenant AND is_active),
                   (SELECT count(*) FROM job WHERE tenant_id = :tenant AND pipeline_id IS NOT NULL)
            """;

    static OperatorSteps.Holdings of(Handle handle, TenantId tenant, boolean hasDataset) {
        return handle.createQuery(HOLDINGS)
                .bind("tenant", tenant.value())
                .map((row, _) ->
                        new OperatorSteps.Holdings(
                                tenant, hasDataset, row.getLong(1), row.getLong(2)))
                .one();
    }
}
