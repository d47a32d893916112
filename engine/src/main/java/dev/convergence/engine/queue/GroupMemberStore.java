package dev.convergence.engine.queue;

import dev.convergence.engine.group.GroupStatus;
import dev.convergence.engine.id.GroupId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// What the members of locked groups do, and how their groups end.
final class GroupMemberStore {

    private GroupMemberStore() {}

    /// What a group is about, each member judged by its last attempt.
    ///
    /// @param isBusy a member waits for its turn in the lane, for its pause, for a pool, or runs
    /// @param held how many wait for the members before them
    /// @param hasFailed a member failed for good
    record Standing(GroupId group, boolean isBusy, int held, boolean hasFailed) {

        boolean isOver() {
            return !isBusy && held == 0;
        }
    }

    // Work that was stopped is a failure, and a cancelled retry leaves the one before it standing.
    private static final String LAST_ATTEMPTS =
            """
            SELECT DISTINCT ON (job.group_id, sequence_number)
                   job.group_id, job.job_id, attempt, run.finished_at,
                   CASE WHEN run.state = 'CANCELLED' AND (attempt > 0 OR run.started_at IS NOT NULL) THEN 'FAILED' ELSE run.state END AS state
            FROM job_group g JOIN job ON job.group_id = g.group_id AND job.job_id >= g.members_from
            LEFT JOIN run ON run.job_id = job.job_id
            WHERE g.group_id = ANY(:groups)
            ORDER BY job.group_id, sequence_number, attempt DESC
            """;

    private static final String STANDINGS =
            """
            SELECT last.group_id, bool_or(state IS NULL AND parked.job_id IS NULL) AS is_busy,
                   count(parked.job_id)::int AS held, COALESCE(bool_or(state = 'FAILED'), false) AS has_failed
            FROM (%s) AS last
            LEFT JOIN parked ON parked.job_id = last.job_id AND parked.wait_key = 'group:' || last.group_id
            GROUP BY last.group_id
            """
                    .formatted(LAST_ATTEMPTS);

    /// A new look: it sees what others committed before the groups were locked.
    static List<Standing> standings(Handle handle, Collection<GroupId> groups) {
        return handle.createQuery(STANDINGS)
                .bind("groups", GroupLockStore.ids(groups))
                .map((row, _) ->
                        new Standing(
                                new GroupId(row.getObject("group_id", UUID.class)),
                                row.getBoolean("is_busy"),
                                row.getInt("held"),
                                row.getBoolean("has_failed")))
                .list();
    }

    // What a user cancelled one by one leaves the others' success standing; a group cancelled as a
    // whole is CANCELLED as soon as one member was.
    private static final String END =
            """
            UPDATE job_group SET status = ended.status, finished_at = ended.finished_at
            FROM (
                SELECT last.group_id, GREATEST(:now, max(last.finished_at)) AS finished_at,
                       CASE WHEN bool_or(state = 'FAILED') THEN 'PARTIAL'
                            WHEN NOT bool_or(state = 'CANCELLED') THEN 'COMPLETED'
                            WHEN bool_or(state = 'COMPLETED') AND NOT bool_or(is_cancelled) THEN 'PARTIAL'
                            ELSE 'CANCELLED' END AS status
                FROM (%s) AS last
                JOIN (SELECT group_id, cancel_requested_at IS NOT NULL AS is_cancelled FROM job_group) AS asked
                    USING (group_id)
                GROUP BY last.group_id) AS ended
            WHERE job_group.group_id = ended.group_id AND job_group.status IS NULL
            RETURNING job_group.group_id, job_group.tenant_id, job_group.status
            """
                    .formatted(LAST_ATTEMPTS);

    /// A group that has just ended.
    record Ended(GroupId group, TenantId tenant, GroupStatus status) {}

    /// Ends groups whose members have all ended; what has an end keeps it.
    static List<Ended> end(Handle handle, Collection<GroupId> groups, Instant now) {
        return handle.createQuery(END)
                .bind("groups", GroupLockStore.ids(groups))
                .bind("now", now)
                .map((row, _) ->
                        new Ended(
                                new GroupId(row.getObject("group_id", UUID.class)),
                                new TenantId(row.getString("tenant_id")),
                                GroupStatus.valueOf(row.getString("status"))))
                .list();
    }

    private static final String WAITING =
            """
            SELECT job.job_id FROM job_group g
            JOIN job ON job.group_id = g.group_id AND job.job_id >= g.members_from
            WHERE g.group_id = :group
              AND NOT EXISTS (SELECT 1 FROM run WHERE run.job_id = job.job_id)
              AND NOT EXISTS (SELECT 1 FROM lease WHERE lease.job_id = job.job_id)
            """;

    /// Members that neither run nor have ended.
    static List<JobId> waiting(Handle handle, GroupId group) {
        return handle.createQuery(WAITING)
                .bind("group", group.value())
                .map((row, _) -> JobId.of(row.getObject(1, UUID.class)))
                .list();
    }
}
