package dev.convergence.engine.queue;

import dev.convergence.engine.event.Outbox;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.job.Job;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// What the scheduler asks of the queue for a batch of jobs that have come due, beside putting
/// those in that fire.
public final class DueJobs {

    private DueJobs() {}

    /// Begins a chain of attempts for each of the jobs whose key has none under way; all have keys.
    ///
    /// @return the jobs that began one
    public static Set<JobId> beginFlights(Handle handle, Collection<Job> jobs) {
        return FlightStore.beginAll(handle, jobs);
    }

    /// A chain of attempts that is under way, and who waits for its end.
    public record Flight(JobId job, List<JobId> waiting) {}

    /// Begins a chain of attempts for each of the jobs, or keeps the one that is under way from
    /// ending before the caller's transaction does; all have keys, each another.
    ///
    /// @return the flights by key: a job that began one is its own
    public static Map<String, Flight> joinFlights(Handle handle, Collection<Job> jobs) {
        return BehindStore.join(handle, jobs);
    }

    /// Puts jobs in that wait until the flight of their key has ended, which the caller holds.
    public static void queueBehind(Handle handle, Collection<Job> jobs) {
        BehindStore.park(handle, jobs);
    }

    /// Takes flights back that this transaction began.
    public static void endFlights(Handle handle, Collection<Job> jobs) {
        FlightStore.end(handle, jobs);
    }

    /// A job that never waits: it was skipped when it came due.
    public record Skipped(Job job, String reason) {}

    public static void recordSkipped(Handle handle, Collection<Skipped> skipped, Instant now) {
        if (skipped.isEmpty()) {
            return;
        }
        SkippedStore.insert(handle, skipped, now);
        Outbox.append(
                handle,
                Outbox.RUN_RECORD,
                skipped.stream()
                        .map(one -> new Outbox.Subject(one.job().tenant(), one.job().id()))
                        .toList(),
                now);
    }

    /// Keeps the planner of this transaction to the indexes, as a claim does: statistics of tables
    /// that fill and empty mislead it.
    public static void fixPlans(Handle handle) {
        ClaimStore.fixPlans(handle);
    }
}
