package dev.convergence.engine.run;

import dev.convergence.engine.id.TenantId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Finds whose a pipeline is: its id begins with its tenant's.
final class OwnerStore {

    private OwnerStore() {}

    private static final String OWNERS =
            """
            SELECT tenant_id FROM tenant
            WHERE lower(left(:pipelineId, length(tenant_id) + 1)) = lower(tenant_id) || '-' LIMIT 2
            """;

    /// The same wish of the one tenant that has such a pipeline, if somebody asks all; nothing when
    /// none has.
    static Optional<RunFilter> narrowed(Handle handle, RunFilter filter) {
        if (filter.tenant() != null || filter.pipelineId() == null) {
            return Optional.of(filter);
        }
        List<String> owners =
                handle.createQuery(OWNERS)
                        .bind("pipelineId", Objects.requireNonNull(filter.pipelineId()))
                        .mapTo(String.class)
                        .list();
        return switch (owners.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(filter.of(new TenantId(owners.getFirst())));
            default -> Optional.of(filter);
        };
    }
}
