package dev.convergence.engine.queue;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The positions that people see: 100, 200, 300 … in each priority level of a tenant's queue.
///
/// A level's last tickets tell the highest number, because the order by ticket and the order by
/// shown position are the same. Jobs that nobody gave a number are few among those that have one;
/// so a hundred are enough to look at.
final class ShownPositionStore {

    static final long GAP = 100;

    /// The highest number in a level, or 0, as SQL.
    static String last(String tenant, String priority) {
        return """
        COALESCE((
            SELECT max((SELECT shown_position FROM convergence.job WHERE job.job_id = last.job_id)) FROM (
                (SELECT job_id FROM convergence.ready WHERE tenant_id = %1$s AND priority = %2$s
                 ORDER BY position DESC LIMIT 100)
                UNION ALL
                (SELECT job_id FROM convergence.parked WHERE tenant_id = %1$s AND priority = %2$s
                 ORDER BY position DESC LIMIT 100)) AS last), 0)
        """
                .formatted(tenant, priority);
    }

    private static final String READ_LAST = "SELECT " + last(":tenant", ":priority");

    private record Level(TenantId tenant, int priority) {}

    private final Handle handle;
    private final Map<Level, Long> last = new HashMap<>();

    ShownPositionStore(Handle handle) {
        this.handle = handle;
    }

    /// The next number at the end of the job's level; null for a job that shows none.
    @Nullable Long next(Job job) {
        if (!job.ties().isShown()) {
            return null;
        }
        return last.merge(
                new Level(job.tenant(), job.priority()),
                last(job.tenant(), job.priority()) + GAP,
                (before, _) -> before + GAP);
    }

    private long last(TenantId tenant, int priority) {
        Level level = new Level(tenant, priority);
        return last.containsKey(level) ? 0 : read(handle, tenant, priority);
    }

    static long read(Handle handle, TenantId tenant, int priority) {
        return handle.createQuery(READ_LAST)
                .bind("tenant", tenant.value())
                .bind("priority", priority)
                .mapTo(long.class)
                .one();
    }
}
