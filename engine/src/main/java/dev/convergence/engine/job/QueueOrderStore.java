package dev.convergence.engine.job;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reads tickets of `ready` and `parked` in the order in which they are claimed.
final class QueueOrderStore {

    private static final QueuePlace FRONT =
            new QueuePlace(JobId.of(new UUID(0, 0)), Integer.MAX_VALUE, 0, 0);

    private QueueOrderStore() {}

    // Each branch is one range of an index, so that a page far back costs what the first one does.
    private static final String BEHIND =
            """
            SELECT job_id, priority, position FROM (
                (SELECT job_id, priority, position FROM ready
                 WHERE tenant_id = :tenant AND priority = :priority AND position > :position
                 ORDER BY priority DESC, position LIMIT :limit)
                UNION ALL
                (SELECT job_id, priority, position FROM ready WHERE tenant_id = :tenant AND priority < :priority
                 ORDER BY priority DESC, position LIMIT :limit)
                UNION ALL
                (SELECT job_id, priority, position FROM parked
                 WHERE tenant_id = :tenant AND priority = :priority AND position > :position
                 ORDER BY priority DESC, position LIMIT :limit)
                UNION ALL
                (SELECT job_id, priority, position FROM parked WHERE tenant_id = :tenant AND priority < :priority
                 ORDER BY priority DESC, position LIMIT :limit)) AS waiting
            ORDER BY priority DESC, position LIMIT :limit
            """;

    static List<QueuePlace> behind(
            Handle handle, TenantId tenant, @Nullable QueuePlace last, int limit) {
        QueuePlace from = last == null ? FRONT : last;
        List<QueuePlace> places = new ArrayList<>();
        handle.createQuery(BEHIND)
                .bind("tenant", tenant.value())
                .bind("priority", from.priority())
                .bind("position", from.position())
                .bind("limit", limit)
                .map((row, _) ->
                        new QueuePlace(
                                JobId.of(row.getObject("job_id", UUID.class)),
                                row.getInt("priority"),
                                row.getLong("position"),
                                0))
                .forEach(place ->
                        places.add(
                                new QueuePlace(
                                        place.job(),
                                        place.priority(),
                                        place.position(),
                                        from.rank() + places.size() + 1)));
        return places;
    }
}
