package dev.convergence.engine.queue;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.NodeId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The table `lease`: which node may finish which job, by which token.
final class LeaseStore {

    private LeaseStore() {}

    record Lease(
            JobId job,
            TenantId tenant,
            long token,
            NodeId node,
            Instant claimedAt,
            Optional<String> cancelReason) {}

    private static final String NEXT_TOKEN = "SELECT nextval('attempt_token')";

    static long nextToken(Handle handle) {
        return handle.createQuery(NEXT_TOKEN).mapTo(long.class).one();
    }

    private static final String INSERT =
            """
            INSERT INTO lease (job_id, tenant_id, token, node_id, claimed_at)
            VALUES (:job, :tenant, :token, :node, :now)
            """;

    /// The lease of a job that had no ticket.
    static void insert(Handle handle, Job job, long token, NodeId node, Instant now) {
        handle.createUpdate(INSERT)
                .bind("job", job.id().value())
                .bind("tenant", job.tenant().value())
                .bind("token", token)
                .bind("node", node.value())
                .bind("now", now)
                .execute();
    }

    private static final String OF_NODES =
            """
            SELECT job_id, tenant_id, token, node_id, claimed_at, cancel_reason FROM lease
            WHERE node_id = ANY(:nodes) ORDER BY job_id LIMIT 500
            """;

    static List<Lease> ofNodes(Handle handle, Collection<NodeId> nodes) {
        return handle.createQuery(OF_NODES)
                .bind("nodes", nodes.stream().map(NodeId::value).toArray(UUID[]::new))
                .map((row, _) -> lease(row))
                .list();
    }

    private static final String CLAIMED_BEFORE =
            """
            SELECT lease.job_id, lease.tenant_id, token, node_id, claimed_at, cancel_reason
            FROM lease JOIN job USING (job_id)
            WHERE claimed_at < :before AND job.pipeline_id IS NOT NULL ORDER BY claimed_at LIMIT 500
            """;

    static List<Lease> pipelinesClaimedBefore(Handle handle, Instant before) {
        return handle.createQuery(CLAIMED_BEFORE)
                .bind("before", before)
                .map((row, _) -> lease(row))
                .list();
    }

    private static final String REQUEST_CANCEL =
            """
            UPDATE lease SET cancel_requested_at = COALESCE(cancel_requested_at, :now),
                             cancel_reason = COALESCE(cancel_reason, :reason)
            WHERE job_id = :job AND tenant_id = :tenant
            """;

    static boolean requestCancel(
            Handle handle, TenantId tenant, JobId job, String reason, Instant now) {
        return handle.createUpdate(REQUEST_CANCEL)
                        .bind("job", job.value())
                        .bind("tenant", tenant.value())
                        .bind("reason", reason)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    private static final String OF_JOBS =
            "SELECT job_id, token, cancel_reason FROM lease WHERE job_id = ANY(:jobs)";

    static Map<JobId, LeaseView> ofJobs(Handle handle, Collection<JobId> jobs) {
        return handle.createQuery(OF_JOBS)
                .bind("jobs", jobs.stream().map(JobId::value).toArray(UUID[]::new))
                .reduceRows(
                        new HashMap<JobId, LeaseView>(),
                        (leases, row) -> {
                            leases.put(
                                    JobId.of(row.getColumn("job_id", UUID.class)),
                                    new LeaseView(
                                            row.getColumn("token", Long.class),
                                            Optional.ofNullable(
                                                    row.getColumn("cancel_reason", String.class))));
                            return leases;
                        });
    }

    private static final String OF_NODE_CLAIMED_BEFORE =
            """
            SELECT job_id, tenant_id, token, node_id, claimed_at, cancel_reason FROM lease
            WHERE node_id = :node AND claimed_at < :before ORDER BY job_id LIMIT 500
            """;

    static List<Lease> ofNodeClaimedBefore(Handle handle, NodeId node, Instant before) {
        return handle.createQuery(OF_NODE_CLAIMED_BEFORE)
                .bind("node", node.value())
                .bind("before", before)
                .map((row, _) -> lease(row))
                .list();
    }

    private static Lease lease(ResultSet row) throws SQLException {
        return new Lease(
                JobId.of(row.getObject("job_id", UUID.class)),
                new TenantId(row.getString("tenant_id")),
                row.getLong("token"),
                new NodeId(row.getObject("node_id", UUID.class)),
                java.util.Objects.requireNonNull(JobStore.instant(row, "claimed_at")),
                Optional.ofNullable(row.getString("cancel_reason")));
    }
}
