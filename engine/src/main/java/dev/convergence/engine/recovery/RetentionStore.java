package dev.convergence.engine.recovery;

import dev.convergence.engine.id.TimeOrderedId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The SQL that finds and deletes what is older than it is kept.
final class RetentionStore {

    /// No statement deletes more, so that none is long and none holds many locks.
    static final int BATCH = 5_000;

    private RetentionStore() {}

    /// What one statement deleted.
    ///
    /// @param last the job id it came to; null when it found nothing
    record Batch(int rows, @Nullable UUID last) {

        boolean isFull() {
            return rows == BATCH;
        }
    }

    private static final String SINCE =
            """
            INSERT INTO retained AS known (subject, since) VALUES (:subject, :since)
            ON CONFLICT (subject) DO UPDATE SET since = greatest(known.since, excluded.since)
            """;

    /// Writes down from when on everything is there, before anything older goes.
    static void keptSince(Handle handle, String subject, Instant since) {
        handle.createUpdate(SINCE).bind("subject", subject).bind("since", since).execute();
    }

    // Old tickets are looked for once, whatever the number of days. A retry of an earlier day's job
    // keeps that day too, however many attempts lie between; those of the same day need no look.
    private static final String LIVING_DAYS =
            """
            WITH RECURSIVE candidate AS (
                SELECT * FROM unnest(CAST(:days AS date[]), :starts, :ends) AS c (day, first_id, end_id)),
            descendant AS (
                SELECT c.day, j.job_id FROM candidate c
                JOIN job j ON j.retry_of >= c.first_id AND j.retry_of < c.end_id AND j.job_id >= c.end_id
                UNION
                SELECT d.day, j.job_id FROM descendant d JOIN job j ON j.retry_of = d.job_id),
            living AS NOT MATERIALIZED (
                SELECT job_id FROM ready
                UNION ALL SELECT job_id FROM deferred
                UNION ALL SELECT job_id FROM parked
                UNION ALL SELECT job_id FROM lease
                UNION ALL SELECT job_id FROM in_flight
                UNION ALL SELECT job_id FROM outbox WHERE job_id IS NOT NULL),
            old AS MATERIALIZED (SELECT DISTINCT job_id FROM living WHERE job_id < :end)
            SELECT day FROM candidate c
            WHERE EXISTS (SELECT 1 FROM old WHERE old.job_id >= c.first_id AND old.job_id < c.end_id)
            UNION
            SELECT day FROM descendant WHERE job_id IN (SELECT job_id FROM living)
            """;

    /// Those of the days in which something is alive: it waits, runs, is in flight, is still to be
    /// told, or is retried by something that is.
    static Set<LocalDate> living(Handle handle, Collection<LocalDate> days, LocalDate end) {
        return new TreeSet<>(
                handle.createQuery(LIVING_DAYS)
                        .bind("days", days.stream().map(LocalDate::toString).toArray(String[]::new))
                        .bind("starts", ids(days, 0))
                        .bind("ends", ids(days, 1))
                        .bind("end", TimeOrderedId.floor(Growing.midnight(end)))
                        .mapTo(LocalDate.class)
                        .list());
    }

    private static UUID[] ids(Collection<LocalDate> days, int plus) {
        return days.stream()
                .map(day -> TimeOrderedId.floor(Growing.midnight(day.plusDays(plus))))
                .toArray(UUID[]::new);
    }

    private static final String FIRST_OF_REST =
            "SELECT job_id FROM %s WHERE job_id >= :after ORDER BY job_id LIMIT 1";

    /// The first day, not before another, of which a default partition of jobs or runs has rows.
    static Optional<LocalDate> firstOfRest(Handle handle, Growing growing, LocalDate notBefore) {
        return handle.createQuery(FIRST_OF_REST.formatted(growing.rest()))
                .bind("after", TimeOrderedId.floor(Growing.midnight(notBefore)))
                .map((row, _) -> row.getObject(1, UUID.class))
                .findOne()
                .map(id -> LocalDate.ofInstant(TimeOrderedId.madeAt(id), ZoneOffset.UTC));
    }

    private static final String DELETE_REST =
            """
            DELETE FROM %1$s WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM %1$s WHERE %2$s >= %3$s AND %2$s < %4$s LIMIT %5$s))
            """;

    /// Deletes up to a batch of the rows that the default partition has of some days.
    static Batch deleteRest(Handle handle, Growing growing, LocalDate first, LocalDate end) {
        String sql =
                DELETE_REST.formatted(
                        growing.rest(),
                        growing.column(),
                        growing.start(first),
                        growing.start(end),
                        BATCH);
        return new Batch(handle.createUpdate(sql).execute(), null);
    }

    private static final String DELETE_LETTERS =
            "DELETE FROM dead_letter WHERE job_id >= :start AND job_id < :end";

    /// A letter whose job is gone cannot be driven again. There are few.
    static void deleteLetters(Handle handle, LocalDate day) {
        handle.createUpdate(DELETE_LETTERS)
                .bind("start", TimeOrderedId.floor(Growing.midnight(day)))
                .bind("end", TimeOrderedId.floor(Growing.midnight(day.plusDays(1))))
                .execute();
    }

    private static final String DELETE_GROUPS =
            "DELETE FROM job_group WHERE group_id >= :start AND group_id < :end AND status IS NOT"
                    + " NULL";

    private static final String DELETE_RESERVATIONS =
            """
            DELETE FROM reservation
            WHERE reservation_id >= :start AND reservation_id < :end AND status <> 'ACTIVE'
            """;

    /// Groups are made on the day of their members' first attempts.
    static void deleteGroupsAndReservations(Handle handle, LocalDate day) {
        for (String delete : List.of(DELETE_GROUPS, DELETE_RESERVATIONS)) {
            handle.createUpdate(delete)
                    .bind("start", TimeOrderedId.floor(Growing.midnight(day)))
                    .bind("end", TimeOrderedId.floor(Growing.midnight(day.plusDays(1))))
                    .execute();
        }
    }

    // A batch goes on where the last one ended: what was deleted is still in the index until it is
    // vacuumed, and reading over it again and again would take longer each time. Running jobs still
    // write, and records that wait for their copy are still to be read.
    private static final String DELETE_LOGS =
            """
            WITH gone AS (
                DELETE FROM %1$s WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM %1$s
                    WHERE job_id >= :after AND job_id < :end
                      AND job_id NOT IN (SELECT job_id FROM lease)
                      AND job_id NOT IN (SELECT job_id FROM outbox WHERE job_id < :end)
                    ORDER BY job_id LIMIT %2$s))
                RETURNING job_id)
            SELECT (SELECT count(*) FROM gone) AS number,
                   (SELECT job_id FROM gone ORDER BY job_id DESC LIMIT 1) AS last
            """;

    /// Deletes up to a batch of the oldest rows of jobs before a day, from one job on.
    static Batch deleteLogs(Handle handle, String table, UUID after, LocalDate end) {
        return handle.createQuery(DELETE_LOGS.formatted(table, BATCH))
                .bind("after", after)
                .bind("end", TimeOrderedId.floor(Growing.midnight(end)))
                .map((row, _) -> new Batch(row.getInt("number"), row.getObject("last", UUID.class)))
                .one();
    }

    // Goes on where the last batch ended, as those of logs do.
    private static final String DELETE_DELIVERIES =
            """
            WITH gone AS (
                DELETE FROM %1$s WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM %1$s
                    WHERE delivery_id >= :after AND delivery_id < :end
                    ORDER BY delivery_id LIMIT :batch))
                RETURNING delivery_id)
            SELECT (SELECT count(*) FROM gone) AS number,
                   (SELECT delivery_id FROM gone ORDER BY delivery_id DESC LIMIT 1) AS last
            """;

    /// Deletes up to a batch of the oldest webhooks or notifications with their attempts, from one
    /// on; also those that still wait, because their receiver has been off for as long.
    static Batch deleteDeliveries(Handle handle, String table, UUID after, LocalDate end) {
        return handle.createQuery(DELETE_DELIVERIES.formatted(table))
                .bind("after", after)
                .bind("end", TimeOrderedId.floor(Growing.midnight(end)))
                .bind("batch", BATCH)
                .map((row, _) -> new Batch(row.getInt("number"), row.getObject("last", UUID.class)))
                .one();
    }

    // With their instants, of which one has twenty thousand at most.
    private static final String DELETE_BACKFILLS =
            """
            DELETE FROM backfill WHERE backfill_id IN (
                SELECT backfill_id FROM backfill WHERE ended_at < :end ORDER BY backfill_id LIMIT 50)
            """;

    /// @return whether there may be more
    static boolean deleteBackfills(Handle handle, LocalDate end) {
        return handle.createUpdate(DELETE_BACKFILLS).bind("end", Growing.midnight(end)).execute()
                == 50;
    }
}
