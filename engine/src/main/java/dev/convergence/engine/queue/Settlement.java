package dev.convergence.engine.queue;

import dev.convergence.engine.event.Outbox;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.pipeline.ConfigHistory;
import dev.convergence.engine.queue.RunStore.Ending;
import dev.convergence.engine.quota.QuotaLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
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
    /// @param touched tenants whose lanes may have work to take again
    /// @param freedPools pools that got a permit back
    record Settled(Set<JobId> accepted, Set<TenantId> touched, Set<String> freedPools) {}

    static Settled settle(Handle handle, Collection<Judged> batch, Instant now) {
        LaneStore.lock(handle, tenants(batch));
        Set<JobId> accepted = new HashSet<>(LeaseStore.end(handle, tokens(batch)));
        List<Judged> ours =
                batch.stream()
                        .filter(judged -> accepted.contains(judged.claim().job().id()))
                        .map(judged -> withoutRetryOfDeleted(handle, judged))
                        .toList();
        RunStore.insert(handle, ours.stream().map(judged -> ending(judged, now)).toList());
        if (!ours.isEmpty()) {
            LaneStore.ended(handle, countByTenant(ours));
        }
        Set<String> freed = new TreeSet<>(PermitStore.release(handle, holders(ours)));
        byTenant(ours).values().forEach(group -> concludeTenant(handle, group, now));
        return new Settled(accepted, tenants(batch), freed);
    }

    /// A config that was deleted while its run was under way makes no further attempts.
    private static Judged withoutRetryOfDeleted(Handle handle, Judged judged) {
        boolean deleted =
                judged.verdict().retryAfter().isPresent()
                        && ConfigHistory.isDeleted(handle, judged.claim().job().origin().config());
        return deleted
                ? new Judged(
                        judged.claim(), new Verdict(judged.verdict().outcome(), Optional.empty()))
                : judged;
    }

    /// Tenant by tenant in the order of their ids, and in each the usage row first: the scheduler
    /// takes its locks in the same order, so the two never wait for each other in a circle.
    private static void concludeTenant(Handle handle, List<Judged> group, Instant now) {
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
            conclude(handle, judged.claim().job(), judged.verdict(), now);
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
    private static void conclude(Handle handle, Job job, Verdict verdict, Instant now) {
        verdict.retryAfter()
                .ifPresentOrElse(
                        pause -> retry(handle, job, pause, now), () -> endFlight(handle, job));
        if (job.isPipeline()) {
            ConfigHistory.ran(handle, job.origin().config(), lastRunStatus(verdict.outcome()), now);
            Outbox.append(handle, Outbox.RUN_RECORD, job.tenant(), job.id(), now);
        }
    }

    private static void retry(Handle handle, Job failed, Duration pause, Instant now) {
        Job retry = Retries.next(failed, now);
        JobStore.insert(handle, List.of(retry));
        if (pause.isZero()) {
            TicketStore.ready(handle, List.of(retry));
        } else {
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

    private static Ending ending(Judged judged, Instant now) {
        Claim claim = judged.claim();
        return new Ending(
                claim.job().id(),
                claim.job().tenant(),
                claim.token(),
                claim.node(),
                claim.claimedAt(),
                now,
                judged.verdict().outcome());
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

    private static Set<TenantId> tenants(Collection<Judged> batch) {
        return batch.stream()
                .map(judged -> judged.claim().job().tenant())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<JobId, Long> tokens(Collection<Judged> batch) {
        return batch.stream()
                .map(Judged::claim)
                .collect(Collectors.toMap(claim -> claim.job().id(), Claim::token, (a, _) -> a));
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
