package dev.convergence.engine.job;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.id.TimeOrderedId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Adds up what ended within some days. Only runs whose jobs were made within them are looked at,
/// so that the partitions before are not read.
///
/// How a job ended never changes. So where there are many, those older than the oldest job that
/// lives are added up once; of them only the hour that is leaving the time is looked at again.
public final class EndSumsStore {

    private static final int MANY = 1_000;
    private static final UUID LAST = new UUID(-1, -1);

    private final Handle handle;
    private final LongCounts longCounts;
    private final Instant now;
    private final @Nullable TenantId tenant;
    private final String which;
    private @Nullable UUID firstAlive;

    /// @param tenant whose; null for those of all
    /// @param isPipelines whether only pipelines are meant
    public EndSumsStore(
            Handle handle,
            LongCounts longCounts,
            Instant now,
            @Nullable TenantId tenant,
            boolean isPipelines) {
        this.handle = handle;
        this.longCounts = longCounts;
        this.now = now;
        this.tenant = tenant;
        this.which = isPipelines ? " AND job.pipeline_id IS NOT NULL" : "";
    }

    private static final String OF_ALL = "run WHERE true";

    // By the index of the tenant's jobs; runs have none.
    private static final String OF_TENANT =
            """
            job JOIN run USING (job_id)
            WHERE job.tenant_id = :tenant AND job.job_id >= :from AND job.job_id < :to\
            """;

    private String ends() {
        return (tenant == null ? OF_ALL : OF_TENANT + which)
                + " AND run.job_id >= :from AND run.job_id < :to";
    }

    private static final String SUMS =
            """
            SELECT count(*) FILTER (WHERE state = 'COMPLETED' AND finished_at >= :midnight) AS completed_today,
                   count(*) FILTER (WHERE state = 'FAILED' AND finished_at >= :midnight) AS failed_today,
                   count(*) FILTER (WHERE state = 'COMPLETED') AS completed,
                   COALESCE(sum(extract(epoch FROM finished_at - started_at)) FILTER (
                       WHERE state = 'COMPLETED') * 1000000, 0)::bigint AS micros
            FROM %s AND finished_at >= :since
            """;

    /// @param midnight since when it is today
    /// @param since only what was made and has ended since then
    public EndSums since(Instant since, Instant midnight) {
        UUID first = TimeOrderedId.floor(since);
        if (!isMany(first)) {
            return EndSums.of(between(first, LAST, since, midnight));
        }
        Instant hour = since.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
        UUID behind = TimeOrderedId.floor(hour);
        UUID alive = firstAlive();
        return BacklogStore.byHash(
                handle,
                () -> {
                    Sums leaving = between(first, behind, since, midnight);
                    Sums rest =
                            longCounts.ended(
                                    List.of("ends", whose(), which, hour, midnight),
                                    alive,
                                    now,
                                    (from, to) ->
                                            between(later(from, behind), to, since, midnight));
                    return EndSums.of(leaving.plus(rest));
                });
    }

    private UUID firstAlive() {
        if (firstAlive == null) {
            firstAlive = BacklogStore.firstAlive(handle, tenant);
        }
        return firstAlive;
    }

    private static UUID later(UUID one, UUID other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private String whose() {
        return tenant == null ? "" : tenant.value();
    }

    private Sums between(UUID from, UUID to, Instant since, Instant midnight) {
        return bind(handle.createQuery(SUMS.formatted(ends())), from, to)
                .bind("since", since)
                .bind("midnight", midnight)
                .map((row, _) ->
                        new Sums(
                                List.of(
                                        row.getLong("completed_today"),
                                        row.getLong("failed_today"),
                                        row.getLong("completed"),
                                        row.getLong("micros"))))
                .one();
    }

    private static final String MANY_SINCE =
            "SELECT count(*) FROM (SELECT FROM %s AND job_id >= :from LIMIT :many) AS found";

    private boolean isMany(UUID from) {
        String whose = tenant == null ? OF_ALL : "job WHERE tenant_id = :tenant";
        return bind(handle.createQuery(MANY_SINCE.formatted(whose)), from, LAST)
                        .bind("many", MANY)
                        .mapTo(long.class)
                        .one()
                == MANY;
    }

    private static final String WAITS =
            """
            SELECT COALESCE(avg(extract(epoch FROM started_at)
                                - ('x' || translate(left(job_id::text, 13), '-', ''))::bit(48)::bigint / 1000.0), 0)
            FROM (SELECT run.job_id, started_at FROM %s AND started_at >= :started
                  UNION ALL
                  SELECT job_id, claimed_at FROM lease
                  WHERE claimed_at >= :started AND (:tenant::text IS NULL OR tenant_id = :tenant)) AS started
            """;

    /// How many seconds the jobs that started since an instant had waited, on average. A job's id
    /// tells when it was put in.
    ///
    /// @param since only jobs that were made since then
    public double averageWait(Instant since, Instant started) {
        UUID first = TimeOrderedId.floor(since);
        if (!isMany(first)) {
            return averageWait(first, started);
        }
        UUID alive = firstAlive();
        return BacklogStore.byHash(
                handle, () -> averageWait(firstStarted(first, alive, started), started));
    }

    private double averageWait(UUID first, Instant started) {
        return bind(handle.createQuery(WAITS.formatted(ends())), first, LAST)
                .bind("started", started)
                .mapTo(double.class)
                .one();
    }

    private static final String FIRST_STARTED =
            "SELECT run.job_id FROM %s AND started_at >= :started ORDER BY run.job_id LIMIT 1";

    // What started before an instant did so before each later one.
    private UUID firstStarted(UUID first, UUID alive, Instant started) {
        return longCounts.first(
                List.of("started", whose()), alive, now, () -> find(first, started));
    }

    private Optional<UUID> find(UUID first, Instant started) {
        return bind(handle.createQuery(FIRST_STARTED.formatted(ends())), first, LAST)
                .bind("started", started)
                .mapTo(UUID.class)
                .findOne();
    }

    private Query bind(Query query, UUID from, UUID to) {
        return query.bind("tenant", tenant == null ? null : tenant.value())
                .bind("from", from)
                .bind("to", to);
    }
}
