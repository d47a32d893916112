package dev.convergence.engine.job;

import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Counts of what has ended otherwise than completed, whose jobs have to be looked at.
///
/// How a job ended never changes, and older than the oldest job that lives all have ended. So where
/// many ended so, only those from there on are counted again.
public final class EndedCountStore {

    static final int MANY = 1_000;

    private final Handle handle;
    private final LongCounts longCounts;
    private final Instant now;
    private final @Nullable TenantId tenant;
    private @Nullable UUID firstAlive;

    /// @param tenant whose; null counts those of all
    public EndedCountStore(
            Handle handle, LongCounts longCounts, Instant now, @Nullable TenantId tenant) {
        this.handle = handle;
        this.longCounts = longCounts;
        this.now = now;
        this.tenant = tenant;
    }

    /// @param question equal for equal counts
    /// @param condition on the run `r`, by which the index of what did not complete finds it
    public long count(Object question, String condition, LongCounts.Between between) {
        if (!isMany(condition)) {
            return between.count(FIRST, LAST);
        }
        UUID alive = firstAlive();
        return BacklogStore.byHash(
                        handle,
                        () ->
                                longCounts.ended(
                                        List.of("ended", question, condition),
                                        alive,
                                        now,
                                        (from, to) -> Sums.of(between.count(from, to))))
                .part(0);
    }

    private static final UUID FIRST = new UUID(0, 0);
    private static final UUID LAST = new UUID(-1, -1);

    private static final String MANY_OF =
            """
            SELECT count(*) FROM (SELECT FROM run r WHERE %s AND (%s) LIMIT :many) AS found
            """;

    private boolean isMany(String condition) {
        String whose = tenant == null ? "true" : "r.tenant_id = :tenant";
        var query = handle.createQuery(MANY_OF.formatted(whose, condition)).bind("many", MANY);
        if (tenant != null) {
            query.bind("tenant", tenant.value());
        }
        return query.mapTo(long.class).one() == MANY;
    }

    private UUID firstAlive() {
        if (firstAlive == null) {
            firstAlive = BacklogStore.firstAlive(handle, tenant);
        }
        return firstAlive;
    }
}
