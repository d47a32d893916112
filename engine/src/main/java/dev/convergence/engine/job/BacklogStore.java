package dev.convergence.engine.job;

import dev.convergence.engine.id.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Joins tickets with jobs, where a million may wait.
///
/// What waits is nearly always newer than what has ended. So jobs are read from the age of the
/// oldest tickets on, and found by hash. The few oldest of all, which may be from any time, are
/// looked up one by one: one retry that pauses for a week must not make a week be read.
public final class BacklogStore {

    private BacklogStore() {}

    private static final int OLDEST = 200;

    /// A part of what waits, as a condition on the ids of tickets or of their jobs.
    public record Part(String comparison, Object ids) {

        /// @param row whose `job_id` it is
        public String of(String row) {
            return " AND " + row + ".job_id " + comparison;
        }

        public Query bind(Query query) {
            return query.bind("part", ids);
        }
    }

    // The planner does not believe that a hash is sooner than look-ups: a look-up among forty
    // partitions costs more than it reckons. All tickets are read sooner as they lie than by the
    // order of the queue.
    private static final String BY_HASH =
            """
            SET LOCAL enable_seqscan = on;
            SET LOCAL enable_hashjoin = on;
            SET LOCAL enable_nestloop = off;
            SET LOCAL work_mem = '32MB'
            """;
    private static final String BEFORE = "before_joining";

    /// Reads what is wanted as a whole, not by look-ups.
    static <T> T byHash(Handle handle, Supplier<T> work) {
        handle.savepoint(BEFORE);
        handle.execute(BY_HASH);
        T found = work.get();
        handle.rollbackToSavepoint(BEFORE); // the settings are as they were
        return found;
    }

    /// What the work found in each part, the newer part first.
    ///
    /// @param tenant whose tickets are joined; null for those of all
    /// @param wanted so many are enough: when they are found, the older part is not asked
    public static <T> List<T> joined(
            Handle handle, @Nullable TenantId tenant, int wanted, Function<Part, List<T>> work) {
        List<UUID> oldest = new ArrayList<>();
        List<T> found = new ArrayList<>();
        byHash(
                handle,
                () -> {
                    oldest.addAll(smallest(handle, TICKETS, tenant, OLDEST + 1));
                    return oldest.size() <= OLDEST
                            || found.addAll(work.apply(new Part(">= :part", oldest.removeLast())));
                });
        if (!oldest.isEmpty() && found.size() < wanted) {
            found.addAll(work.apply(new Part("= ANY(:part)", oldest.toArray(UUID[]::new))));
        }
        return found;
    }

    /// All of them together.
    public static long counted(
            Handle handle, @Nullable TenantId tenant, Function<Part, Long> work) {
        return joined(handle, tenant, Integer.MAX_VALUE, part -> List.of(work.apply(part))).stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static final String TICKETS =
            """
            SELECT job_id, tenant_id FROM ready UNION ALL SELECT job_id, tenant_id FROM deferred
            UNION ALL SELECT job_id, tenant_id FROM parked
            """;

    private static final String SMALLEST =
            """
            SELECT job_id FROM (%s) AS live
            WHERE :tenant::text IS NULL OR tenant_id = :tenant
            ORDER BY job_id LIMIT :most
            """;

    private static final String LIVE = TICKETS + " UNION ALL SELECT job_id, tenant_id FROM lease";

    /// Of the jobs that wait or run the one that was made first; the last id of all when there is
    /// none. Below it everything has ended, for good.
    ///
    /// @param tenant whose; null for those of all
    public static UUID firstAlive(Handle handle, @Nullable TenantId tenant) {
        List<UUID> first = byHash(handle, () -> smallest(handle, LIVE, tenant, 1));
        return first.isEmpty() ? NONE : first.getFirst();
    }

    // Behind every id of a version 7, for Java, too.
    private static final UUID NONE = new UUID(Long.MAX_VALUE, -1);

    private static List<UUID> smallest(
            Handle handle, String places, @Nullable TenantId tenant, int most) {
        return handle.createQuery(SMALLEST.formatted(places))
                .bind("tenant", tenant == null ? null : tenant.value())
                .bind("most", most)
                .mapTo(UUID.class)
                .list();
    }
}
