package dev.convergence.engine.backfill;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.job.Job;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The table `slot` as a backfill sees it: what became of instants, and the claim of one.
///
/// Whoever writes slots of a tenant holds its usage row of the day, so nothing changes between the
/// look and the claim; should somebody write without it, the key keeps the second one out.
final class LedgerStore {

    private LedgerStore() {}

    // One look into the index for each instant. A chain is followed by what points back, automatic
    // retries, manual ones and earlier backfills alike: the newest attempt counts.
    private static final String PASTS =
            """
            SELECT i.due_at, s.outcome, s.job_id, newest.state AS last, newest.job_id IS NOT NULL AS is_kept
            FROM unnest(:dueAts::timestamptz[]) AS i (due_at)
            LEFT JOIN LATERAL (
                SELECT outcome, job_id FROM slot
                WHERE slot.config_id = :config AND slot.due_at = i.due_at LIMIT 1) AS s ON true
            LEFT JOIN LATERAL (
                WITH RECURSIVE chain AS (
                    SELECT job.job_id FROM job WHERE job.job_id = s.job_id
                    UNION ALL
                    SELECT job.job_id FROM job JOIN chain ON job.retry_of = chain.job_id)
                SELECT chain.job_id, run.state FROM chain LEFT JOIN run ON run.job_id = chain.job_id
                ORDER BY chain.job_id DESC LIMIT 1) AS newest ON true
            ORDER BY i.due_at
            """;

    /// What is known of each instant, the oldest first.
    static List<Past> pasts(Handle handle, ConfigId config, Collection<Instant> instants) {
        return handle.createQuery(PASTS)
                .bind("config", config.value())
                .bind("dueAts", texts(instants))
                .map((row, _) -> past(row))
                .list();
    }

    private static Past past(ResultSet row) throws SQLException {
        UUID job = row.getObject("job_id", UUID.class);
        return new Past(
                row.getObject("due_at", OffsetDateTime.class).toInstant(),
                row.getString("outcome"),
                job == null ? null : JobId.of(job),
                row.getString("last"),
                row.getBoolean("is_kept"));
    }

    // Columns as rows: the instant, the job that is to run it, and the job that its slot names now.
    private static final String JOBS =
            "unnest(:dueAts::timestamptz[], :jobs::uuid[], :befores::uuid[]) AS f (due_at, job_id, before)";

    private static final String INSERT =
            """
            INSERT INTO slot (tenant_id, config_id, due_at, outcome, job_id, reason, decided_at)
            SELECT :tenant, :config, due_at, 'FIRED', job_id, :reason, :now FROM %s
            ON CONFLICT (config_id, due_at) DO NOTHING RETURNING due_at
            """
                    .formatted(JOBS);

    private static final String UPDATE =
            """
            UPDATE slot
            SET outcome = 'FIRED', job_id = f.job_id, decided_at = :now,
                reason = :reason || CASE WHEN outcome = 'FIRED' THEN ''
                                         ELSE ' Before: ' || outcome || COALESCE(', ' || slot.reason, '') END
            FROM %s
            WHERE slot.tenant_id = :tenant AND slot.config_id = :config AND slot.due_at = f.due_at
              AND slot.job_id IS NOT DISTINCT FROM f.before
            RETURNING slot.due_at
            """
                    .formatted(JOBS);

    /// Takes instants for the jobs that are to run them: those that the ledger does not know get a
    /// slot, the slots of the others now name the new job.
    ///
    /// @param isKnown whether the ledger knows these instants; each job points back at the slot's
    /// @return the instants that were there for the taking
    static Set<Instant> take(
            Handle handle, Backfill backfill, List<Job> jobs, boolean isKnown, Instant now) {
        if (jobs.isEmpty()) {
            return Set.of();
        }
        return handle
                .createQuery(isKnown ? UPDATE : INSERT)
                .bind("tenant", backfill.tenant().value())
                .bind("config", backfill.config().value())
                .bind("dueAts", texts(jobs.stream().map(LedgerStore::dueAt).toList()))
                .bind("jobs", jobs.stream().map(job -> job.id().value()).toArray(UUID[]::new))
                .bind("befores", jobs.stream().map(LedgerStore::before).toArray(UUID[]::new))
                .bind("reason", "By backfill " + backfill.id() + ".")
                .bind("now", now)
                .map((row, _) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .stream()
                .collect(Collectors.toSet());
    }

    private static @Nullable UUID before(Job job) {
        JobId before = job.retryOf();
        return before == null ? null : before.value();
    }

    static Instant dueAt(Job job) {
        return Objects.requireNonNull(job.origin().slotAt());
    }

    static String[] texts(Collection<Instant> instants) {
        return instants.stream().map(Instant::toString).toArray(String[]::new);
    }
}
