package dev.convergence.engine.queue;

import dev.convergence.engine.group.GroupRows;
import dev.convergence.engine.group.JobGroup;
import dev.convergence.engine.id.GroupId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.id.TimeOrderedId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The table `job_group`: written once, locked by whoever moves or ends a member, ended once.
final class GroupLockStore {

    /// By so much a node's time may be behind another's, when it makes a member's next attempt.
    private static final Duration CLOCK_DOUBT = Duration.ofMinutes(1);

    private GroupLockStore() {}

    private static final String INSERT =
            """
            INSERT INTO job_group (group_id, members_from, tenant_id, name, mode, on_failure, priority, created_by)
            VALUES (:group, :membersFrom, :tenant, :name, :mode, :onFailure, :priority, :createdBy)
            """;

    static void insert(Handle handle, JobGroup group, Instant now) {
        handle.createUpdate(INSERT)
                .bind("group", group.id().value())
                .bind("membersFrom", TimeOrderedId.floor(now.minus(CLOCK_DOUBT)))
                .bind("tenant", group.tenant().value())
                .bind("name", group.name())
                .bind("mode", group.mode().name())
                .bind("onFailure", group.onFailure().name())
                .bind("priority", group.priority())
                .bind("createdBy", group.createdBy())
                .execute();
    }

    private static final String LOCK =
            "SELECT "
                    + GroupRows.COLUMNS
                    + " FROM job_group g WHERE %s ORDER BY group_id FOR UPDATE";

    private static final String LOCK_ALL = LOCK.formatted("group_id = ANY(:groups)");

    /// Locks groups, so that of two members that end at once the second sees the first.
    static List<JobGroup> lock(Handle handle, Collection<GroupId> groups) {
        return handle.createQuery(LOCK_ALL)
                .bind("groups", ids(groups))
                .map((row, _) -> GroupRows.group(row))
                .list();
    }

    private static final String LOCK_ONE =
            LOCK.formatted("group_id = :group AND tenant_id = :tenant");

    static Optional<JobGroup> lock(Handle handle, TenantId tenant, GroupId group) {
        return handle.createQuery(LOCK_ONE)
                .bind("group", group.value())
                .bind("tenant", tenant.value())
                .map((row, _) -> GroupRows.group(row))
                .findOne();
    }

    private static final String LOCK_OF_MEMBER =
            LOCK.formatted(
                    "group_id = (SELECT group_id FROM job WHERE job_id = :job AND tenant_id ="
                            + " :tenant)");

    /// The group of a member, locked; empty for a job that belongs to none.
    static Optional<JobGroup> lockOf(Handle handle, TenantId tenant, JobId member) {
        return handle.createQuery(LOCK_OF_MEMBER)
                .bind("job", member.value())
                .bind("tenant", tenant.value())
                .map((row, _) -> GroupRows.group(row))
                .findOne();
    }

    private static final String REQUEST_CANCEL =
            """
            UPDATE job_group SET cancel_requested_at = COALESCE(cancel_requested_at, :now)
            WHERE group_id = :group
            """;

    static void requestCancel(Handle handle, GroupId group, Instant now) {
        handle.createUpdate(REQUEST_CANCEL).bind("group", group.value()).bind("now", now).execute();
    }

    private static final String BEING_CANCELLED =
            """
            SELECT %s FROM job_group g
            WHERE cancel_requested_at IS NOT NULL AND status IS NULL ORDER BY group_id LIMIT 500
            """
                    .formatted(GroupRows.COLUMNS);

    /// Groups that somebody cancelled and that have not ended.
    static List<JobGroup> beingCancelled(Handle handle) {
        return handle.createQuery(BEING_CANCELLED).map((row, _) -> GroupRows.group(row)).list();
    }

    static UUID[] ids(Collection<GroupId> groups) {
        return groups.stream().map(GroupId::value).toArray(UUID[]::new);
    }
}
