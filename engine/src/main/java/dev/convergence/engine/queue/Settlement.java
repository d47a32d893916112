package dev.convergence.engine.queue;

import dev.convergence.engine.event.Outbox;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.pipeline.ConfigHistory;
import dev.convergence.engine.queue.Verdict.NodeLoss;
import dev.convergence.engine.quota.QuotaLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// The one way a job ends: what a batch of verdicts changes, all of it in one transaction.
///
/// Leases out, runs in, lanes down, permits free, retries in, counters, outbox. A crash leaves all
/// or nothing. A claim whose token is no longer in `lease` changes nothing at all.
final class Settlement {

    private Settlement() {}

    /// A claim and what is to become of its job.
    record Judged(Claim claim, Verdict verdict) {}

    /// @param accepted the jobs whose claims were still good
    /// @param ready tenants that got a ticket
    /// @param freedPools pools that got a permit back
    record Settled(Set<JobId> accepted, Set<TenantId> ready, Set<String> freedPools) {}

    /// Lanes come last: a claim of the same tenants goes on until then. So whoever holds a lane may
    /// not wait for anything that is locked here before it: leases, usage, flights.
    static Settled settle(Handle handle, Collection<Judged> batch, long ringFloor, Instant now) {
        ClaimStore.fixPlans(handle);
        List<Judged> inOrder = batch.stream().sorted(BY_JOB).toList();
        Set<JobId> accepted = new HashSet<>(RunStore.end(handle, inOrder, now));
        List<Judged> ours =
                inOrder.stream()
                        .filter(judged -> accepted.contains(judged.claim().job().id()))
                        .map(judged -> withoutRetryOfDeleted(handle, judged))
                        .toList();
        List<JobId> holders = holders(ours);
        Set<String> freed =
                holders.isEmpty() ? Set.of() : new TreeSet<>(PermitStore.release(handle, holders));
        List<Job> retries = new ArrayList<>();
        byTenant(ours).values().forEach(group -> concludeTenant(handle, group, retries, now));
        if (!ours.isEmpty()) {
            LaneStore.ended(handle, countByTenant(ours), ringFloor);
        }
        return new Settled(accepted, tenants(retries), freed);
    }

    /// Leases are locked in one order, so that two settlings of the same jobs do not wait for each
    /// other in a circle.
    private static final Comparator<Judged> BY_JOB =
            Comparator.comparing(judged -> judged.claim().job().id());

    /// A config that was deleted while its run was under way makes no further attempts.
    private static Judged withoutRetryOfDeleted(Handle handle, Judged judged) {
        boolean deleted =
                judged.verdict().retryAfter().isPresent()
                        && ConfigHistory.isDeleted(handle, judged.claim().job().origin().config());
        return deleted
                ? new Judged(
                        judged.claim(),
                        new Verdict(
                                judged.verdict().outcome(),
                                Optional.empty(),
                                judged.verdict().nodeLoss()))
                : judged;
    }

    /// Tenant by tenant in the order of their ids, and in each the usage row first: the scheduler
    /// takes its locks in the same order, so the two never wait for each other in a circle.
    private static void concludeTenant(
            Handle handle, List<Judged> group, List<Job> retries, Instant now) {
        List<Judged> pipelines =
                group.stream().filter(judged -> judged.claim().job().isPipeline()).toList();
        pipelines.stream()
                .filter(judged -> judged.verdict().retryAfter().isEmpty())
                .forEach(judged ->
                        QuotaLedger.settled(
                                handle,
                                judged.claim().job(),
                                quotaResult(judged.verdict().outcome()),
                                group.size(),
                                now));
        for (Judged judged : group) {
            conclude(handle, judged.claim().job(), judged.verdict(), retries, now);
        }
    }

    private static Map<TenantId, List<Judged>> byTenant(List<Judged> ours) {
        return ours.stream()
                .collect(
                        Collectors.groupingBy(
                                judged -> judged.claim().job().tenant(),
                                TreeMap::new,
                                Collectors.toList()));
    }

    /// What follows the end of one attempt: another attempt, or the end of the chain.
    private static void conclude(
            Handle handle, Job job, Verdict verdict, List<Job> retries, Instant now) {
        verdict.retryAfter()
                .ifPresentOrElse(
                        pause -> retry(handle, job, verdict, pause, retries, now),
                        () -> endFlight(handle, job));
        if (verdict.nodeLoss() == NodeLoss.GIVEN_UP) {
            DeadLetterStore.insert(handle, job.tenant(), job.id(), givenUp(job), now);
        }
        if (job.isPipeline()) {
            ConfigHistory.ran(handle, job.origin().config(), lastRunStatus(verdict.outcome()), now);
            Outbox.append(handle, Outbox.RUN_RECORD, job.tenant(), job.id(), now);
        }
    }

    private static String givenUp(Job job) {
        return "Nodes died %d times while they ran it; it may be what kills them."
                .formatted(job.nodeLosses() + 1);
    }

    private static void retry(
            Handle handle,
            Job failed,
            Verdict verdict,
            Duration pause,
            List<Job> retries,
            Instant now) {
        Job retry = Retries.next(failed, verdict.nodeLoss() == NodeLoss.COUNTED, now);
        if (pause.isZero()) {
            JobStore.insertReady(handle, retry);
            retries.add(retry);
        } else {
            JobStore.insert(handle, retry);
            TicketStore.deferred(handle, retry, now.plus(pause));
        }
        String flightKey = failed.origin().flightKey();
        if (flightKey != null) {
            FlightStore.passOn(handle, failed.tenant(), flightKey, failed.id(), retry.id());
        }
    }

    private static void endFlight(Handle handle, Job job) {
        String flightKey = job.origin().flightKey();
        if (flightKey != null) {
            FlightStore.end(handle, job.tenant(), flightKey, job.id());
        }
    }

    private static String lastRunStatus(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Completed _ -> "SUCCESS";
            case Outcome.Failed _ -> "FAILED";
            case Outcome.Skipped _ -> "SKIPPED";
            case Outcome.Cancelled _ -> "CANCELLED";
        };
    }

    private static QuotaLedger.Result quotaResult(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Completed _, Outcome.Skipped _ -> QuotaLedger.Result.SUCCEEDED;
            case Outcome.Failed _ -> QuotaLedger.Result.FAILED;
            case Outcome.Cancelled _ -> QuotaLedger.Result.CANCELLED;
        };
    }

    private static Set<TenantId> tenants(List<Job> jobs) {
        return jobs.stream().map(Job::tenant).collect(Collectors.toSet());
    }

    private static Map<TenantId, Integer> countByTenant(List<Judged> ours) {
        return ours.stream()
                .map(judged -> judged.claim().job().tenant())
                .collect(Collectors.toMap(Function.identity(), _ -> 1, Integer::sum));
    }

    private static List<JobId> holders(List<Judged> ours) {
        return ours.stream()
                .map(judged -> judged.claim().job())
                .filter(job -> job.pool() != null)
                .map(Job::id)
                .toList();
    }
}
