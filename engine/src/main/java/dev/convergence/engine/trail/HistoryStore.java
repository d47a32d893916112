package dev.convergence.engine.trail;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What the table `audit` has of one thing.
final class HistoryStore {

    private static final UUID LAST = new UUID(-1, -1);

    private HistoryStore() {}

    // Noun by noun: of several at once the index gives no order, and the planner would rather read
    // all that the tenant ever did, in order, until it has a page of this one thing.
    private static final String OF_THING =
            """
            SELECT entry.* FROM unnest(:resources::text[]) AS noun CROSS JOIN LATERAL (
                SELECT audit_id, tenant_id, actor, user_id, action, resource, resource_id, method, path,
                       request_id, outcome, status, error_code, before, after
                FROM convergence.audit
                WHERE tenant_id = :tenant AND resource = noun AND resource_id = :id
                  AND action = ANY(:actions) AND outcome = 'DONE' AND audit_id < :before
                ORDER BY audit_id DESC LIMIT :limit) AS entry
            ORDER BY audit_id DESC LIMIT :limit
            """;

    static List<Entry> of(Handle handle, Thing thing, @Nullable UUID before, int limit) {
        return handle.createQuery(OF_THING)
                .bind("tenant", thing.tenant().value())
                .bind("resources", thing.resources().toArray(String[]::new))
                .bind("id", thing.id())
                .bind("actions", thing.actions().toArray(String[]::new))
                .bind("before", before == null ? LAST : before)
                .bind("limit", limit)
                .map((row, _) -> TrailStore.entry(row))
                .list();
    }
}
