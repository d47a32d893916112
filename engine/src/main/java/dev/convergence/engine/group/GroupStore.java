package dev.convergence.engine.group;

import dev.convergence.engine.id.GroupId;
import dev.convergence.engine.id.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reads groups and what their members do.
final class GroupStore {

    private GroupStore() {}

    // A member is its slot: the last attempt of those with the same number tells its state.
    private static final String SELECT =
            """
            SELECT %s, members.*
            FROM job_group g CROSS JOIN LATERAL (
                SELECT min(started_at) AS started_at, count(*) FILTER (WHERE is_last)::int AS total,
                       count(*) FILTER (WHERE is_last AND state = 'QUEUED')::int AS queued,
                       count(*) FILTER (WHERE is_last AND state = 'RUNNING')::int AS running,
                       count(*) FILTER (WHERE is_last AND state = 'COMPLETED')::int AS completed,
                       count(*) FILTER (WHERE is_last AND state = 'FAILED')::int AS failed,
                       count(*) FILTER (WHERE is_last AND state = 'SKIPPED')::int AS skipped,
                       count(*) FILTER (WHERE is_last AND state = 'CANCELLED')::int AS cancelled
                FROM (
                    SELECT COALESCE(run.started_at, lease.claimed_at) AS started_at,
                           row_number() OVER (PARTITION BY sequence_number ORDER BY attempt DESC) = 1 AS is_last,
                           CASE WHEN run.state = 'CANCELLED' AND (attempt > 0 OR run.started_at IS NOT NULL) THEN 'FAILED'
                                WHEN run.state IS NOT NULL THEN run.state
                                WHEN lease.job_id IS NOT NULL THEN 'RUNNING'
                                ELSE 'QUEUED' END AS state
                    FROM job LEFT JOIN run ON run.job_id = job.job_id LEFT JOIN lease ON lease.job_id = job.job_id
                    WHERE job.group_id = g.group_id AND job.job_id >= g.members_from) AS attempts) AS members
            """
                    .formatted(GroupRows.COLUMNS);

    private static final String FIND =
            SELECT + " WHERE g.group_id = :group AND g.tenant_id = :tenant";

    static Optional<GroupView> find(Handle handle, TenantId tenant, GroupId group) {
        return handle.createQuery(FIND)
                .bind("group", group.value())
                .bind("tenant", tenant.value())
                .map((row, _) -> view(row))
                .findOne();
    }

    private static final String LIST =
            SELECT
                    + """
                     WHERE g.tenant_id = :tenant AND (:before::uuid IS NULL OR g.group_id < :before)
                    ORDER BY g.group_id DESC LIMIT :limit
                    """;

    static List<GroupView> list(Handle handle, TenantId tenant, @Nullable UUID before, int limit) {
        return handle.createQuery(LIST)
                .bind("tenant", tenant.value())
                .bind("before", before)
                .bind("limit", limit)
                .map((row, _) -> view(row))
                .list();
    }

    private static GroupView view(ResultSet row) throws SQLException {
        JobGroup group = GroupRows.group(row);
        GroupCounts counts =
                new GroupCounts(
                        row.getInt("total"),
                        row.getInt("queued"),
                        row.getInt("running"),
                        row.getInt("completed"),
                        row.getInt("failed"),
                        row.getInt("skipped"),
                        row.getInt("cancelled"));
        return new GroupView(
                group, status(group, counts), GroupRows.instant(row, "started_at"), counts);
    }

    private static GroupStatus status(JobGroup group, GroupCounts counts) {
        if (group.end() != null) {
            return group.end();
        }
        return counts.running() > 0 ? GroupStatus.RUNNING : GroupStatus.QUEUED;
    }
}
