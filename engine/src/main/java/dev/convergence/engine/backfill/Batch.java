package dev.convergence.engine.backfill;

import dev.convergence.engine.job.Job;
import dev.convergence.engine.launch.BackfillJob;
import dev.convergence.engine.launch.RetryDefaults;
import dev.convergence.engine.pipeline.PipelineConfig;
import dev.convergence.engine.queue.DueJobs;
import dev.convergence.engine.queue.Queue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// The next instants of a backfill, begun in one transaction: ledger, flights, jobs, tickets.
///
/// An instant is looked at again when its turn comes: the scheduler, a retry or another backfill
/// may have run it meanwhile. The ledger's key decides, so it is never begun twice.
final class Batch {

    /// Instants that are passed over cost nothing else; so many are looked at in one transaction.
    private static final int LOOK_MAX = 500;

    private final Handle handle;
    private final Backfill backfill;
    private final PipelineConfig config;
    private final RetryDefaults retries;
    private final Instant now;
    private final Map<Instant, String> leftOut = new LinkedHashMap<>();

    Batch(
            Handle handle,
            Backfill backfill,
            PipelineConfig config,
            RetryDefaults retries,
            Instant now) {
        this.handle = handle;
        this.backfill = backfill;
        this.config = config;
        this.retries = retries;
        this.now = now;
    }

    /// @return how many were begun, at most `most`
    int begin(Queue queue, int most) {
        List<Past> wanted = wanted(most);
        List<Job> jobs = wanted.stream().map(this::job).toList();
        List<Job> flying = flying(jobs);
        List<Job> taken = taken(flying, wanted);
        queue.enqueue(handle, taken);
        InstantStore.began(handle, backfill.id(), taken);
        InstantStore.leftOut(handle, backfill.id(), leftOut);
        return taken.size();
    }

    private List<Past> wanted(int most) {
        List<Instant> next = InstantStore.next(handle, backfill, LOOK_MAX);
        Map<Instant, Past> known =
                LedgerStore.pasts(handle, backfill.config(), next).stream()
                        .collect(Collectors.toMap(Past::dueAt, Function.identity()));
        List<Past> wanted = new ArrayList<>();
        for (Instant dueAt : next) {
            Past past = Objects.requireNonNull(known.get(dueAt));
            String superfluous = past.superfluous(backfill.request().mode());
            if (superfluous != null) {
                leftOut.put(dueAt, superfluous);
            } else if (wanted.size() < most) {
                wanted.add(past);
            }
        }
        return wanted;
    }

    private Job job(Past past) {
        return BackfillJob.of(
                backfill.id(),
                config,
                Days.parameters(past.dueAt(), config, backfill.request()),
                retries,
                past.dueAt(),
                past.job(),
                backfill.createdBy(),
                now);
    }

    private List<Job> flying(List<Job> jobs) {
        var begun = DueJobs.beginFlights(handle, jobs);
        jobs.stream()
                .filter(job -> !begun.contains(job.id()))
                .forEach(job -> leftOut.put(LedgerStore.dueAt(job), "Its run is under way."));
        return jobs.stream().filter(job -> begun.contains(job.id())).toList();
    }

    private List<Job> taken(List<Job> flying, List<Past> wanted) {
        Set<Instant> known =
                wanted.stream()
                        .filter(past -> past.outcome() != null)
                        .map(Past::dueAt)
                        .collect(Collectors.toSet());
        Set<Instant> ours = new HashSet<>(take(flying, known, true));
        ours.addAll(take(flying, known, false));
        List<Job> lost = flying.stream().filter(job -> !ours.contains(dueAt(job))).toList();
        lost.forEach(job -> leftOut.put(dueAt(job), "Somebody else ran it first."));
        DueJobs.endFlights(handle, lost);
        return flying.stream().filter(job -> ours.contains(dueAt(job))).toList();
    }

    private Set<Instant> take(List<Job> jobs, Set<Instant> known, boolean isKnown) {
        List<Job> some =
                jobs.stream().filter(job -> known.contains(dueAt(job)) == isKnown).toList();
        return LedgerStore.take(handle, backfill, some, isKnown, now);
    }

    private static Instant dueAt(Job job) {
        return LedgerStore.dueAt(job);
    }
}
