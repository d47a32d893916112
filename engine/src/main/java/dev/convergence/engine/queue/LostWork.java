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
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds claims whose holder is gone, or that have lasted too long, for the rescuer to end.
public final class LostWork {

    private final Database database;

    /// @param cancelReason why somebody had asked to stop it before it was lost
    public record Lost(Claim claim, Optional<String> cancelReason) {

        Verdict verdict(Function<Job, Verdict> judge) {
            return cancelReason
                    .map(reason -> new Verdict(new Outcome.Cancelled(reason), Optional.empty()))
                    .orElseGet(() -> judge.apply(claim.job()));
        }
    }

    public LostWork(Database database) {
        this.database = database;
    }

    public List<Lost> ofNodes(Collection<NodeId> nodes) {
        return claims(database.read(handle -> LeaseStore.ofNodes(handle, nodes)));
    }

    public List<Lost> ofNodeClaimedBefore(NodeId node, Instant before) {
        return claims(
                database.read(handle -> LeaseStore.ofNodeClaimedBefore(handle, node, before)));
    }

    public List<Lost> pipelinesClaimedBefore(Instant before) {
        return claims(database.read(handle -> LeaseStore.pipelinesClaimedBefore(handle, before)));
    }

    private List<Lost> claims(List<Lease> leases) {
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

    private static Lost claim(Lease lease, Job job) {
        return new Lost(
                new Claim(job, lease.token(), lease.node(), lease.claimedAt()),
                lease.cancelReason());
    }
}
