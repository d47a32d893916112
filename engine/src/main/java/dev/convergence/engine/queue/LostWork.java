package dev.convergence.engine.queue;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.NodeId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.LeaseStore.Lease;
import dev.convergence.engine.sql.Database;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds claims whose holder is gone, or that have lasted too long, for the rescuer to end.
public final class LostWork {

    private final Database database;

    public LostWork(Database database) {
        this.database = database;
    }

    public List<Claim> ofNodes(Collection<NodeId> nodes) {
        return claims(database.read(handle -> LeaseStore.ofNodes(handle, nodes)));
    }

    public List<Claim> ofNodeClaimedBefore(NodeId node, Instant before) {
        return claims(
                database.read(handle -> LeaseStore.ofNodeClaimedBefore(handle, node, before)));
    }

    public List<Claim> pipelinesClaimedBefore(Instant before) {
        return claims(database.read(handle -> LeaseStore.pipelinesClaimedBefore(handle, before)));
    }

    private List<Claim> claims(List<Lease> leases) {
        Map<JobId, Job> jobs =
                database
                        .read(handle ->
                                JobStore.find(handle, leases.stream().map(Lease::job).toList()))
                        .stream()
                        .collect(Collectors.toMap(Job::id, Function.identity()));
        return leases.stream()
                .flatMap(lease ->
                        Stream.ofNullable(jobs.get(lease.job())).map(job -> claim(lease, job)))
                .toList();
    }

    private static Claim claim(Lease lease, Job job) {
        return new Claim(job, lease.token(), lease.node(), lease.claimedAt());
    }
}
