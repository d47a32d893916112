package dev.convergence.engine.job;

import dev.convergence.engine.id.GroupId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.ScheduleId;
import dev.convergence.engine.id.TemplateId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.id.TimeOrderedId;
import dev.convergence.engine.job.EndsWanted.Ends;
import dev.convergence.engine.sql.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Reads the view `job_state`.
final class JobViewStore {

    private JobViewStore() {}

    private static final String SELECT =
            """
            SELECT job_id, tenant_id, job_type, params, status, state, has_run, priority, shown_position, attempt,
                   max_retries, retry_of, root_id, kind, group_id, sequence_number, template_id, schedule_id,
                   retry_kind, pool, trigger_by, user_id, created_at, started_at, finished_at, not_before,
                   cancel_requested_at, error
            FROM job_state
            """;

    private static final String FIND = SELECT + " WHERE job_id = :job AND tenant_id = :tenant";

    static Optional<JobView> find(Handle handle, TenantId tenant, JobId job) {
        return handle.createQuery(FIND)
                .bind("job", job.value())
                .bind("tenant", tenant.value())
                .map((row, _) -> view(row))
                .findOne();
    }

    private static final String SOME =
            SELECT + " WHERE job_id = ANY(:jobs) AND tenant_id = :tenant";

    static List<JobView> some(Handle handle, TenantId tenant, List<QueuePlace> places) {
        return handle.createQuery(SOME)
                .bind("jobs", places.stream().map(p -> p.job().value()).toArray(UUID[]::new))
                .bind("tenant", tenant.value())
                .map((row, _) -> view(row))
                .list();
    }

    // Root and retries: by the index on retry_of, one step for each attempt.
    private static final String CHAIN =
            """
            WITH RECURSIVE chain AS (
                SELECT job_id FROM job WHERE job_id = :root AND tenant_id = :tenant
                UNION
                SELECT job.job_id FROM job JOIN chain ON job.retry_of = chain.job_id)
            """
                    + SELECT
                    + " WHERE job_id IN (SELECT job_id FROM chain) AND tenant_id = :tenant"
                    + " ORDER BY job_id LIMIT 200";

    static List<JobView> chain(Handle handle, TenantId tenant, JobId root) {
        return handle.createQuery(CHAIN)
                .bind("root", root.value())
                .bind("tenant", tenant.value())
                .map((row, _) -> view(row))
                .list();
    }

    /// Newest first. Where it is asked how they are, the ids of the page are found first, each kind
    /// in a way of its own.
    static List<JobView> list(Handle handle, JobFilter filter) {
        boolean isOneWord = (filter.status() == null) != (filter.state() == null);
        return isOneWord
                ? of(handle, filter.tenant(), ids(handle, filter))
                : list(handle, filter, where(filter));
    }

    private static List<JobView> list(Handle handle, JobFilter filter, String where) {
        String sql = SELECT + where + " ORDER BY job_id DESC LIMIT :limit";
        return bind(handle.createQuery(sql), filter)
                .bind("limit", filter.limit())
                .map((row, _) -> view(row))
                .list();
    }

    private static List<UUID> ids(Handle handle, JobFilter filter) {
        if ("QUEUED".equals(filter.state()) || "QUEUED".equals(filter.status())) {
            return LiveJobStore.waiting(handle, wanted(filter, Ends.STARTED, false));
        }
        return "RUNNING".equals(filter.state())
                ? LiveJobStore.running(handle, wanted(filter, Ends.STARTED, true))
                : EndedJobStore.newest(
                        handle, wanted(filter, Ends.of(filter), "RUNNING".equals(filter.status())));
    }

    static EndsWanted wanted(JobFilter filter, Ends ends, boolean isLeased) {
        return new EndsWanted(
                filter.tenant(),
                ends,
                isLeased,
                false,
                filter.type(),
                filter.group(),
                null,
                filter.since(),
                filter.until(),
                filter.before(),
                filter.limit());
    }

    private static final String OF =
            SELECT + " WHERE tenant_id = :tenant AND job_id = ANY(:jobs) ORDER BY job_id DESC";

    private static List<JobView> of(Handle handle, TenantId tenant, List<UUID> jobs) {
        return jobs.isEmpty()
                ? List.of()
                : handle.createQuery(OF)
                        .bind("tenant", tenant.value())
                        .bind("jobs", jobs.toArray(UUID[]::new))
                        .map((row, _) -> view(row))
                        .list();
    }

    private static final String TENANT =
            " WHERE tenant_id = :tenant AND kind IS DISTINCT FROM 'DIRECT'";

    static long count(Handle handle, JobFilter filter) {
        String from = isPlain(filter) ? "job" : "job_state";
        return bind(handle.createQuery("SELECT count(*) FROM " + from + where(filter)), filter)
                .mapTo(long.class)
                .one();
    }

    private static boolean isPlain(JobFilter filter) {
        return filter.status() == null && filter.state() == null;
    }

    private static final String WAITING =
            """
            job_id IN (SELECT job_id FROM ready WHERE tenant_id = :tenant
                       UNION ALL SELECT job_id FROM deferred WHERE tenant_id = :tenant
                       UNION ALL SELECT job_id FROM parked WHERE tenant_id = :tenant)
            """;

    private static final String CLAIMED =
            "job_id IN (SELECT job_id FROM lease WHERE tenant_id = :tenant)";

    private static final String ENDED_OTHERWISE =
            """
            job_id IN (SELECT job_id FROM run WHERE tenant_id = :tenant AND state <> 'COMPLETED'
                       AND state IN (%s))
            """;

    /// Conditions are constants; what the caller gave is bound. Live jobs are found in the small
    /// tables, ends other than COMPLETED by their index.
    private static String where(JobFilter filter) {
        StringBuilder where = new StringBuilder(TENANT);
        String status = filter.status();
        if (status != null) {
            and(where, "status = :status");
            switch (status) {
                case "QUEUED" -> and(where, WAITING);
                case "CANCELLED" -> and(where, ENDED_OTHERWISE.formatted("'CANCELLED', 'SKIPPED'"));
                default -> {}
            }
        }
        String state = filter.state();
        if (state != null) {
            and(where, "state = :state");
            switch (state) {
                case "QUEUED" -> and(where, WAITING);
                case "RUNNING" -> and(where, CLAIMED);
                case "FAILED" -> and(where, ENDED_OTHERWISE.formatted("'FAILED', 'CANCELLED'"));
                case "SKIPPED", "CANCELLED" -> and(where, ENDED_OTHERWISE.formatted(":state"));
                default -> {}
            }
        }
        return rest(where, filter).toString();
    }

    private static StringBuilder rest(StringBuilder where, JobFilter filter) {
        if (filter.type() != null) {
            // Only pipelines are put in by programs; all others are in the index of people's jobs.
            and(where, "job_type = :type");
            and(where, filter.type().equals(Job.PIPELINE) ? "true" : "kind IS NOT NULL");
        }
        if (filter.group() != null) {
            where.append(EndedJobStore.OF_GROUP.formatted(""));
        }
        if (filter.since() != null) {
            and(where, "job_id >= :since");
        }
        if (filter.until() != null) {
            and(where, "job_id < :until");
        }
        if (filter.before() != null) {
            and(where, "job_id < :before");
        }
        return where;
    }

    private static void and(StringBuilder where, String condition) {
        where.append(" AND ").append(condition);
    }

    private static Query bind(Query query, JobFilter filter) {
        query.bind("tenant", filter.tenant().value());
        bind(query, "status", filter.status());
        bind(query, "state", filter.state());
        bind(query, "type", filter.type());
        bind(query, "group", filter.group() == null ? null : filter.group().value());
        bind(query, "since", filter.since() == null ? null : TimeOrderedId.floor(filter.since()));
        bind(query, "until", filter.until() == null ? null : TimeOrderedId.floor(filter.until()));
        bind(query, "before", filter.before() == null ? null : filter.before().value());
        return query;
    }

    private static void bind(Query query, String name, @Nullable Object value) {
        if (value != null) {
            query.bind(name, value);
        }
    }

    /// So many of a queue's first jobs are counted through for their ranks.
    private static final int RANKS_MAX = 10_000;

    private static final String RANKS =
            """
            SELECT job_id FROM (
                (SELECT job_id, priority, position FROM ready WHERE tenant_id = :tenant
                 ORDER BY priority DESC, position LIMIT :max)
                UNION ALL
                (SELECT job_id, priority, position FROM parked WHERE tenant_id = :tenant
                 ORDER BY priority DESC, position LIMIT :max)) AS waiting
            ORDER BY priority DESC, position LIMIT :max
            """;

    static Map<JobId, Integer> ranks(Handle handle, TenantId tenant) {
        Map<JobId, Integer> ranks = new HashMap<>();
        handle.createQuery(RANKS)
                .bind("tenant", tenant.value())
                .bind("max", RANKS_MAX)
                .map((row, _) -> JobId.of(row.getObject(1, UUID.class)))
                .forEach(job -> ranks.put(job, ranks.size() + 1));
        return ranks;
    }

    private static final String RETRIES =
            """
            SELECT count(*) FROM job
            WHERE retry_of = ANY(:jobs) AND tenant_id = :tenant AND retry_kind = 'AUTO'
            """;

    static int retriesOf(Handle handle, TenantId tenant, Collection<JobId> jobs) {
        return handle.createQuery(RETRIES)
                .bind("jobs", jobs.stream().map(JobId::value).toArray(UUID[]::new))
                .bind("tenant", tenant.value())
                .mapTo(int.class)
                .one();
    }

    private static final String RUNNING =
            """
            SELECT job_id FROM lease WHERE tenant_id = :tenant ORDER BY claimed_at, job_id LIMIT :limit
            """;

    static List<JobId> running(Handle handle, TenantId tenant, int limit) {
        return handle.createQuery(RUNNING)
                .bind("tenant", tenant.value())
                .bind("limit", limit)
                .map((row, _) -> JobId.of(row.getObject(1, UUID.class)))
                .list();
    }

    private static final String LIVE =
            """
            SELECT (SELECT count(*) FROM ready WHERE tenant_id = :tenant)
                 + (SELECT count(*) FROM deferred WHERE tenant_id = :tenant)
                 + (SELECT count(*) FROM parked WHERE tenant_id = :tenant) AS waiting,
                   (SELECT count(*) FROM lease WHERE tenant_id = :tenant) AS running
            """;

    static LiveJobs live(Handle handle, TenantId tenant) {
        return handle.createQuery(LIVE)
                .bind("tenant", tenant.value())
                .map((row, _) -> new LiveJobs(row.getLong("waiting"), row.getLong("running")))
                .one();
    }

    // One snapshot with the total. Completed runs have no index of their own: they are what is
    // left of the tenant's jobs.
    private static final String COUNTS =
            """
            SELECT total, waiting, leased, failed, skipped, cancelled, stopped,
                   total - waiting - leased - failed - skipped - cancelled AS completed
            FROM (SELECT :total AS total) AS jobs,
                 (SELECT (SELECT count(*) FROM ready WHERE tenant_id = :tenant)
                       + (SELECT count(*) FROM deferred WHERE tenant_id = :tenant)
                       + (SELECT count(*) FROM parked WHERE tenant_id = :tenant) AS waiting,
                         (SELECT count(*) FROM lease WHERE tenant_id = :tenant) AS leased) AS live,
                 (SELECT count(*) FILTER (WHERE state = 'FAILED') AS failed,
                         count(*) FILTER (WHERE state = 'SKIPPED') AS skipped,
                         count(*) FILTER (WHERE state = 'CANCELLED') AS cancelled
                  FROM run WHERE tenant_id = :tenant AND state <> 'COMPLETED') AS ends,
                 (SELECT count(*) AS stopped FROM run
                  WHERE tenant_id = :tenant AND state <> 'COMPLETED' AND state = 'CANCELLED'
                    AND started_at IS NOT NULL) AS stops
            """;

    /// @param total all its jobs
    static JobCounts counts(Handle handle, TenantId tenant, long total) {
        return handle.createQuery(COUNTS)
                .bind("total", total)
                .bind("tenant", tenant.value())
                .map((row, _) ->
                        new JobCounts(
                                row.getLong("waiting"),
                                row.getLong("leased"),
                                row.getLong("completed"),
                                row.getLong("failed") + row.getLong("stopped"),
                                row.getLong("skipped"),
                                row.getLong("cancelled")))
                .one();
    }

    private static JobView view(ResultSet row) throws SQLException {
        UUID retryOf = row.getObject("retry_of", UUID.class);
        return new JobView(
                JobId.of(row.getObject("job_id", UUID.class)),
                new TenantId(row.getString("tenant_id")),
                row.getString("job_type"),
                Json.object(row.getString("params")),
                row.getString("status"),
                row.getString("state"),
                row.getBoolean("has_run"),
                row.getInt("priority"),
                row.getObject("shown_position", Long.class),
                null,
                row.getInt("attempt"),
                row.getInt("max_retries"),
                retryOf == null ? null : JobId.of(retryOf),
                JobId.of(row.getObject("root_id", UUID.class)),
                ties(row),
                row.getString("pool"),
                row.getString("trigger_by"),
                row.getString("user_id"),
                Objects.requireNonNull(instant(row, "created_at")),
                instant(row, "started_at"),
                instant(row, "finished_at"),
                instant(row, "not_before"),
                instant(row, "cancel_requested_at"),
                row.getString("error"));
    }

    private static Ties ties(ResultSet row) throws SQLException {
        UUID group = row.getObject("group_id", UUID.class);
        UUID template = row.getObject("template_id", UUID.class);
        UUID schedule = row.getObject("schedule_id", UUID.class);
        String kind = row.getString("kind");
        String retryKind = row.getString("retry_kind");
        return new Ties(
                kind == null ? null : JobKind.valueOf(kind),
                group == null ? null : new GroupId(group),
                row.getObject("sequence_number", Integer.class),
                template == null ? null : new TemplateId(template),
                schedule == null ? null : new ScheduleId(schedule),
                retryKind == null ? null : RetryKind.valueOf(retryKind));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
