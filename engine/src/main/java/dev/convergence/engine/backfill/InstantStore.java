package dev.convergence.engine.backfill;

import dev.convergence.engine.backfill.Backfill.Counts;
import dev.convergence.engine.backfill.Backfill.Direction;
import dev.convergence.engine.backfill.BackfillInstant.State;
import dev.convergence.engine.id.BackfillId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.job.Job;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The table `backfill_instant`: where each instant of a backfill stands.
final class InstantStore {

    private InstantStore() {}

    private static final String INSERT =
            """
            INSERT INTO backfill_instant (backfill_id, due_at)
            SELECT :id, due_at FROM unnest(:dueAts::timestamptz[]) AS i (due_at)
            """;

    static void insert(Handle handle, BackfillId id, Collection<Instant> instants) {
        handle.createUpdate(INSERT)
                .bind("id", id.value())
                .bind("dueAts", LedgerStore.texts(instants))
                .execute();
    }

    private static final String NEXT =
            """
            SELECT due_at FROM backfill_instant
            WHERE backfill_id = :id AND state IN ('WAITING', 'LIVE') AND state = 'WAITING'
            ORDER BY due_at %s LIMIT :limit
            """;

    /// The instants whose turn it is, in the order that was asked for.
    static List<Instant> next(Handle handle, Backfill backfill, int limit) {
        boolean oldest = backfill.request().direction() == Direction.OLDEST_FIRST;
        return handle.createQuery(NEXT.formatted(oldest ? "ASC" : "DESC"))
                .bind("id", backfill.id().value())
                .bind("limit", limit)
                .mapTo(Instant.class)
                .list();
    }

    private static final String BEGAN =
            """
            UPDATE backfill_instant i SET state = 'LIVE', job_id = f.job_id
            FROM unnest(:dueAts::timestamptz[], :jobs::uuid[]) AS f (due_at, job_id)
            WHERE i.backfill_id = :id AND i.due_at = f.due_at
            """;

    static void began(Handle handle, BackfillId id, List<Job> jobs) {
        handle.createUpdate(BEGAN)
                .bind("id", id.value())
                .bind("dueAts", LedgerStore.texts(jobs.stream().map(LedgerStore::dueAt).toList()))
                .bind("jobs", jobs.stream().map(job -> job.id().value()).toArray(UUID[]::new))
                .execute();
    }

    private static final String LEFT_OUT =
            """
            UPDATE backfill_instant i SET state = 'LEFT_OUT', reason = f.reason
            FROM unnest(:dueAts::timestamptz[], :reasons::text[]) AS f (due_at, reason)
            WHERE i.backfill_id = :id AND i.due_at = f.due_at
            """;

    static void leftOut(Handle handle, BackfillId id, Map<Instant, String> reasons) {
        List<Instant> instants = List.copyOf(reasons.keySet());
        handle.createUpdate(LEFT_OUT)
                .bind("id", id.value())
                .bind("dueAts", LedgerStore.texts(instants))
                .bind("reasons", instants.stream().map(reasons::get).toArray(String[]::new))
                .execute();
    }

    // The newest attempt of a chain has no run while the chain goes on: a retry is made in the
    // transaction that ends its predecessor. What is no longer on record has long ended.
    private static final String NOTE_ENDS =
            """
            UPDATE backfill_instant i SET state = ended.state
            FROM (SELECT l.due_at, CASE WHEN newest.job_id IS NULL THEN 'LEFT_OUT' ELSE newest.state END AS state
                  FROM backfill_instant l
                  LEFT JOIN LATERAL (
                      WITH RECURSIVE chain AS (
                          SELECT job.job_id FROM job WHERE job.job_id = l.job_id
                          UNION ALL
                          SELECT job.job_id FROM job JOIN chain ON job.retry_of = chain.job_id)
                      SELECT chain.job_id, run.state FROM chain LEFT JOIN run ON run.job_id = chain.job_id
                      ORDER BY chain.job_id DESC LIMIT 1) AS newest ON true
                  WHERE l.backfill_id = :id AND l.state = 'LIVE') AS ended
            WHERE i.backfill_id = :id AND i.due_at = ended.due_at AND ended.state IS NOT NULL
            """;

    /// Writes down how runs ended that were live.
    static void noteEnds(Handle handle, BackfillId id) {
        handle.createUpdate(NOTE_ENDS).bind("id", id.value()).execute();
    }

    private static final String CANCEL_WAITING =
            """
            UPDATE backfill_instant SET state = 'CANCELLED', reason = :reason
            WHERE backfill_id = :id AND state = 'WAITING'
            """;

    static void cancelWaiting(Handle handle, BackfillId id, String reason) {
        handle.createUpdate(CANCEL_WAITING).bind("id", id.value()).bind("reason", reason).execute();
    }

    private static final String COUNT =
            "SELECT state, count(*) FROM backfill_instant WHERE backfill_id = :id GROUP BY state";

    static Counts count(Handle handle, BackfillId id) {
        Map<State, Integer> counts = new EnumMap<>(State.class);
        handle.createQuery(COUNT)
                .bind("id", id.value())
                .map((row, _) -> Map.entry(State.valueOf(row.getString(1)), row.getInt(2)))
                .forEach(one -> counts.put(one.getKey(), one.getValue()));
        return new Counts(
                counts.values().stream().mapToInt(Integer::intValue).sum(),
                counts.getOrDefault(State.WAITING, 0),
                counts.getOrDefault(State.LIVE, 0),
                counts.getOrDefault(State.COMPLETED, 0),
                counts.getOrDefault(State.FAILED, 0),
                counts.getOrDefault(State.SKIPPED, 0),
                counts.getOrDefault(State.CANCELLED, 0),
                counts.getOrDefault(State.LEFT_OUT, 0));
    }

    private static final String LIVE_ATTEMPTS =
            """
            SELECT newest.job_id FROM backfill_instant l
            CROSS JOIN LATERAL (
                WITH RECURSIVE chain AS (
                    SELECT job.job_id FROM job WHERE job.job_id = l.job_id
                    UNION ALL
                    SELECT job.job_id FROM job JOIN chain ON job.retry_of = chain.job_id)
                SELECT job_id FROM chain ORDER BY job_id DESC LIMIT 1) AS newest
            WHERE l.backfill_id = :id AND l.state = 'LIVE'
            """;

    /// The newest attempts of the runs that are live.
    static List<JobId> liveAttempts(Handle handle, BackfillId id) {
        return handle.createQuery(LIVE_ATTEMPTS)
                .bind("id", id.value())
                .map((row, _) -> JobId.of(row.getObject(1, UUID.class)))
                .list();
    }

    private static final String LIST =
            """
            SELECT due_at, state, job_id, reason FROM backfill_instant
            WHERE backfill_id = :id AND (:after::timestamptz IS NULL OR due_at > :after)
            ORDER BY due_at LIMIT :limit
            """;

    static List<BackfillInstant> list(
            Handle handle, BackfillId id, @Nullable Instant after, int limit) {
        return handle.createQuery(LIST)
                .bind("id", id.value())
                .bind("after", after)
                .bind("limit", limit)
                .map((row, _) -> instant(row))
                .list();
    }

    private static BackfillInstant instant(ResultSet row) throws SQLException {
        UUID job = row.getObject("job_id", UUID.class);
        return new BackfillInstant(
                row.getObject("due_at", OffsetDateTime.class).toInstant(),
                State.valueOf(row.getString("state")),
                job == null ? null : JobId.of(job),
                row.getString("reason"));
    }
}
