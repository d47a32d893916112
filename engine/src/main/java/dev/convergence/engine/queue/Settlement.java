package dev.convergence.engine.queue;

import dev.convergence.engine.event.Outbox;
import dev.convergence.engine.group.JobGroup;
import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.GroupId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.pipeline.ConfigHistory;
import dev.convergence.engine.queue.Placement.Later;
import dev.convergence.engine.queue.Verdict.NodeLoss;
import dev.convergence.engine.quota.QuotaLedger;
import dev.convergence.engine.quota.QuotaLedger.EndedChain;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// The one way a job ends: what a batch of verdicts changes, all of it in one transaction.
///
/// Leases out, runs in, permits free, retries in, counters, outbox, groups on, lanes down. A crash
/// leaves all or nothing. A claim whose token is no longer in `lease` changes nothing at all.
final class Settlement {

    private Settlement() {}

    /// A claim and what is to become of its job.
    ///
    /// @param isByHolder whether the execution itself has ended, and not somebody its run
    record Judged(Claim claim, Verdict verdict, boolean isByHolder) {

        Judged(Claim claim, Verdict verdict) {
            this(claim, verdict, true);
        }

        Job job() {
            return claim.job();
        }
    }

    /// @param accepted the jobs whose claims were still good
    /// @param ready tenants that got a ticket
    /// @param ahead tenants that got one at an old place, which may be ahead of where claims look
    /// @param freedPools pools that got a permit back
    /// @param isVacated whether a reserved lane has become empty
    record Settled(
            Set<JobId> accepted,
            Set<TenantId> ready,
            Set<TenantId> ahead,
            Set<String> freedPools,
            boolean isVacated) {}

    /// Lanes come last: a claim of the same tenants goes on until then. So whoever holds a lane may
    /// not wait for anything that is locked here before it: leases, groups, usage, flights,
    /// tickets.
    static Settled settle(Handle handle, Collection<Judged> batch, long ringFloor, Instant now) {
        List<Judged> inOrder = batch.stream().sorted(BY_JOB).toList();
        Map<JobId, Boolean> ended = RunStore.end(handle, inOrder, now);
        Set<JobId> accepted = ended.keySet();
        List<Judged> ours =
                withoutRetriesOfDeleted(
                        handle,
                        inOrder.stream()
                                .filter(judged -> accepted.contains(judged.job().id()))
                                .map(judged -> unlessCancelled(judged, ended))
                                .toList());
        if (ours.isEmpty()) {
            return new Settled(accepted, Set.of(), Set.of(), freePermits(handle, inOrder), false);
        }
        List<JobGroup> groups = lockGroups(handle, ours);
        ours = withoutRetriesOfCancelled(ours, groups);
        Set<String> freed = freePermits(handle, inOrder);
        List<Judged> pipelines = ours.stream().filter(j -> j.job().isPipeline()).toList();
        count(handle, pipelines, now);
        Set<TenantId> ready = follow(handle, ours, now);
        tell(handle, pipelines, now);
        giveUp(handle, ours, now);
        Set<TenantId> ahead = GroupPass.over(handle, groups, now).moved();
        boolean isVacated = LaneStore.ended(handle, countByTenant(ours), ringFloor);
        return new Settled(accepted, ready, ahead, freed, isVacated);
    }

    /// Leases are locked in one order, so that two settlings of the same jobs do not wait for each
    /// other in a circle.
    private static final Comparator<Judged> BY_JOB = Comparator.comparing(j -> j.job().id());

    /// What somebody asked to stop is not tried again, however it ended.
    private static Judged unlessCancelled(Judged judged, Map<JobId, Boolean> isCancelAsked) {
        return isCancelAsked.getOrDefault(judged.job().id(), false) ? withoutRetry(judged) : judged;
    }

    /// A config that was deleted while its run was under way makes no further attempts.
    private static List<Judged> withoutRetriesOfDeleted(Handle handle, List<Judged> batch) {
        Set<ConfigId> retried =
                batch.stream()
                        .filter(judged -> judged.verdict().retryAfter().isPresent())
                        .map(judged -> judged.job().origin().config())
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet());
        if (retried.isEmpty()) {
            return batch;
        }
        Set<ConfigId> deleted = ConfigHistory.deleted(handle, retried);
        return batch.stream()
                .map(judged ->
                        deleted.contains(judged.job().origin().config())
                                ? withoutRetry(judged)
                                : judged)
                .toList();
    }

    /// Only a batch with members of groups asks for them.
    private static List<JobGroup> lockGroups(Handle handle, List<Judged> ours) {
        Set<GroupId> groups =
                ours.stream()
                        .map(judged -> judged.job().ties().group())
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet());
        return groups.isEmpty() ? List.of() : GroupLockStore.lock(handle, groups);
    }

    /// A group that somebody cancelled makes no further attempts.
    private static List<Judged> withoutRetriesOfCancelled(
            List<Judged> ours, List<JobGroup> groups) {
        Set<GroupId> cancelled =
                groups.stream()
                        .filter(JobGroup::isCancelled)
                        .map(JobGroup::id)
                        .collect(Collectors.toSet());
        return cancelled.isEmpty()
                ? ours
                : ours.stream()
                        .map(judged ->
                                cancelled.contains(judged.job().ties().group())
                                        ? withoutRetry(judged)
                                        : judged)
                        .toList();
    }

    private static Judged withoutRetry(Judged judged) {
        Verdict verdict = judged.verdict();
        return new Judged(
                judged.claim(),
                new Verdict(verdict.outcome(), Optional.empty(), verdict.nodeLoss()),
                judged.isByHolder());
    }

    /// Also of claims that were lost: their work has stopped only now.
    private static Set<String> freePermits(Handle handle, List<Judged> ended) {
        List<Judged> holders =
                ended.stream().filter(judged -> judged.job().pool() != null).toList();
        return holders.isEmpty() ? Set.of() : new TreeSet<>(PermitStore.release(handle, holders));
    }

    /// Usage, flights, configs: whoever fires configs takes its locks in the same order.
    private static void count(Handle handle, List<Judged> pipelines, Instant now) {
        List<EndedChain> ended =
                pipelines.stream()
                        .filter(judged -> judged.verdict().retryAfter().isEmpty())
                        .map(judged ->
                                new EndedChain(
                                        judged.job(), quotaResult(judged.verdict().outcome())))
                        .toList();
        QuotaLedger.settled(handle, ended, now);
    }

    private static void tell(Handle handle, List<Judged> pipelines, Instant now) {
        ConfigHistory.ran(
                handle,
                pipelines.stream()
                        .map(judged ->
                                new ConfigHistory.Ran(
                                        judged.job().origin().config(),
                                        lastRunStatus(judged.verdict().outcome()),
                                        judged.verdict().retryAfter().isEmpty()))
                        .toList(),
                now);
        Outbox.append(
                handle,
                Outbox.RUN_RECORD,
                pipelines.stream()
                        .map(judged -> new Outbox.Subject(judged.job().tenant(), judged.job().id()))
                        .toList(),
                now);
    }

    /// What follows the end of an attempt: another attempt, or the end of the chain.
    ///
    /// @return tenants that got a ticket
    private static Set<TenantId> follow(Handle handle, List<Judged> ours, Instant now) {
        List<Job> atOnce = new ArrayList<>();
        List<Later> later = new ArrayList<>();
        List<Job> over = new ArrayList<>();
        for (Judged judged : ours) {
            Optional<Duration> pause = judged.verdict().retryAfter();
            if (pause.isEmpty()) {
                over.add(judged.job());
            } else if (pause.get().isZero()) {
                atOnce.add(retry(judged, now));
            } else {
                later.add(new Later(retry(judged, now), now.plus(pause.get())));
            }
        }
        Placement.ready(handle, atOnce);
        Placement.later(handle, later);
        FlightStore.passOn(handle, atOnce);
        FlightStore.passOn(handle, later.stream().map(Later::job).toList());
        Set<TenantId> ready = new HashSet<>(FlightStore.end(handle, over));
        atOnce.forEach(job -> ready.add(job.tenant()));
        return ready;
    }

    private static Job retry(Judged judged, Instant now) {
        boolean lostItsNode = judged.verdict().nodeLoss() == NodeLoss.COUNTED;
        return Retries.next(judged.job(), lostItsNode, now);
    }

    /// Jobs under which too many nodes have died wait for somebody to look at them.
    private static void giveUp(Handle handle, List<Judged> ours, Instant now) {
        ours.stream()
                .filter(judged -> judged.verdict().nodeLoss() == NodeLoss.GIVEN_UP)
                .map(Judged::job)
                .forEach(job -> {
                    String reason =
                            "Nodes died %d times while they ran it; it may be what kills them."
                                    .formatted(job.nodeLosses() + 1);
                    DeadLetterStore.insert(handle, job.tenant(), job.id(), reason, now);
                });
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

    private static Map<TenantId, Integer> countByTenant(List<Judged> ours) {
        return ours.stream()
                .map(judged -> judged.job().tenant())
                .collect(Collectors.toMap(Function.identity(), _ -> 1, Integer::sum));
    }
}
