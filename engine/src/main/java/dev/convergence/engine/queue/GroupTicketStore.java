package dev.convergence.engine.queue;

import dev.convergence.engine.group.JobGroup;
import dev.convergence.engine.id.GroupId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.queue.JobStore.Placed;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The tickets of groups' members: held back behind the members before them, let go, taken away.
final class GroupTicketStore {

    private static final String KEY = "group:";

    private GroupTicketStore() {}

    private static final String HOLD =
            """
            INSERT INTO parked (wait_key, position, job_id, tenant_id, priority, pool, is_manual)
            SELECT :key, position, job_id, :tenant, :priority, pool, false
            FROM unnest(:positions::bigint[], :jobs::uuid[], :pools::text[]) AS t (position, job_id, pool)
            """;

    /// Members that wait for those before them keep the places that they would have had.
    static void hold(Handle handle, JobGroup group, Collection<Placed> members) {
        handle.createUpdate(HOLD)
                .bind("key", key(group.id()))
                .bind("tenant", group.tenant().value())
                .bind("priority", group.priority())
                .bind("positions", members.stream().map(Placed::position).toArray(Long[]::new))
                .bind("jobs", members.stream().map(m -> m.job().id().value()).toArray(UUID[]::new))
                .bind("pools", members.stream().map(m -> m.job().pool()).toArray(String[]::new))
                .execute();
    }

    // The members' numbers decide, not their places: those can be changed while they wait.
    private static final String LET_NEXT_GO =
            """
            WITH next AS MATERIALIZED (
                SELECT DISTINCT ON (wait_key) parked.ctid AS row_id
                FROM parked JOIN job ON job.job_id = parked.job_id
                WHERE wait_key = ANY(:keys)
                ORDER BY wait_key, sequence_number),
            freed AS (
                DELETE FROM parked WHERE ctid = ANY(ARRAY(SELECT row_id FROM next))
                RETURNING tenant_id, priority, position, job_id, pool, is_manual)
            INSERT INTO ready (tenant_id, priority, position, job_id, pool, is_manual)
            SELECT tenant_id, priority, position, job_id, pool, is_manual FROM freed
            """;

    /// Lets the next member of each group take its place in the lane.
    static void letNextGo(Handle handle, Collection<GroupId> groups) {
        handle.createUpdate(LET_NEXT_GO).bind("keys", keys(groups)).execute();
    }

    private static final String TAKE_HELD =
            "DELETE FROM parked WHERE wait_key = ANY(:keys) RETURNING job_id";

    /// Takes the tickets away of all who wait for members before them.
    static List<JobId> takeHeld(Handle handle, Collection<GroupId> groups) {
        return handle.createQuery(TAKE_HELD)
                .bind("keys", keys(groups))
                .map((row, _) -> JobId.of(row.getObject(1, UUID.class)))
                .list();
    }

    // Nobody is waited for: what somebody else holds is just being moved, and looked for again.
    private static final String TAKE =
            """
            WITH r AS (
                DELETE FROM ready WHERE ctid = ANY(ARRAY(
                    SELECT ctid FROM ready WHERE tenant_id = :tenant AND job_id = ANY(:jobs)
                    FOR UPDATE SKIP LOCKED))
                RETURNING job_id),
            d AS (
                DELETE FROM deferred WHERE ctid = ANY(ARRAY(
                    SELECT ctid FROM deferred WHERE job_id = ANY(:jobs) FOR UPDATE SKIP LOCKED))
                RETURNING job_id),
            p AS (
                DELETE FROM parked WHERE ctid = ANY(ARRAY(
                    SELECT ctid FROM parked WHERE job_id = ANY(:jobs) FOR UPDATE SKIP LOCKED))
                RETURNING job_id)
            SELECT job_id FROM r UNION ALL SELECT job_id FROM d UNION ALL SELECT job_id FROM p
            """;

    // As in a single cancellation: the place of the first ticket spares reading the backlog.
    private static final String TAKE_FROM_THEIR_PLACES =
            """
            DELETE FROM ready WHERE ctid = ANY(ARRAY(
                SELECT ready.ctid FROM (
                    SELECT job_id, priority, position FROM job WHERE job_id = ANY(:jobs)) AS place
                JOIN ready ON ready.tenant_id = :tenant AND ready.priority = place.priority
                    AND ready.position = place.position AND ready.job_id = place.job_id
                FOR UPDATE OF ready SKIP LOCKED))
            RETURNING job_id
            """;

    /// Takes the tickets of members away that wait anywhere; the caller holds the lane, so that
    /// none is being claimed.
    ///
    /// @return whose tickets were taken
    static Set<JobId> take(Handle handle, TenantId tenant, Collection<JobId> members) {
        ClaimStore.fixPlans(handle);
        Set<JobId> taken = new HashSet<>(jobs(handle, TAKE_FROM_THEIR_PLACES, tenant, members));
        List<JobId> rest = members.stream().filter(job -> !taken.contains(job)).toList();
        if (!rest.isEmpty()) {
            taken.addAll(jobs(handle, TAKE, tenant, rest));
        }
        return taken;
    }

    private static List<JobId> jobs(
            Handle handle, String take, TenantId tenant, Collection<JobId> members) {
        return handle.createQuery(take)
                .bind("tenant", tenant.value())
                .bind("jobs", members.stream().map(JobId::value).toArray(UUID[]::new))
                .map((row, _) -> JobId.of(row.getObject(1, UUID.class)))
                .list();
    }

    private static String[] keys(Collection<GroupId> groups) {
        return groups.stream().map(GroupTicketStore::key).toArray(String[]::new);
    }

    private static String key(GroupId group) {
        return KEY + group;
    }
}
