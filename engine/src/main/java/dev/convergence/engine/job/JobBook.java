package dev.convergence.engine.job;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Database;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds, lists and counts jobs; writing them belongs to `queue`.
public final class JobBook {

    private final Database database;
    private final LongCounts longCounts;

    public JobBook(Database database, LongCounts longCounts) {
        this.database = database;
        this.longCounts = longCounts;
    }

    /// A tenant's job; the id of another tenant's is as unknown as one that never was.
    public JobView find(TenantId tenant, JobId job) {
        JobView found =
                database.read(handle -> JobViewStore.find(handle, tenant, job))
                        .orElseThrow(() -> none(job));
        return ranked(tenant, List.of(found)).getFirst();
    }

    public static EngineException none(JobId job) {
        return EngineException.notFound("There is no job " + job + ".");
    }

    /// Newest first. Direct executions are in no list.
    public List<JobView> list(JobFilter filter) {
        return ranked(filter.tenant(), database.look(handle -> JobViewStore.list(handle, filter)));
    }

    /// The newest jobs, without their places in the queue, which cost more to find the longer it
    /// is.
    public List<JobView> newest(TenantId tenant, int limit) {
        JobFilter filter = new JobFilter(tenant, null, null, null, null, null, null, null, limit);
        return database.look(handle -> JobViewStore.list(handle, filter));
    }

    /// What waits, in the order in which it is claimed; without retries that pause.
    ///
    /// @param last the place of the last one of the page before
    public List<QueuePlace> inOrder(TenantId tenant, @Nullable QueuePlace last, int limit) {
        return database.read(handle -> QueueOrderStore.behind(handle, tenant, last, limit));
    }

    /// The jobs of these places that still wait, each with its rank.
    public List<JobView> waiting(TenantId tenant, List<QueuePlace> places) {
        Map<JobId, JobView> found =
                database.read(handle -> JobViewStore.some(handle, tenant, places)).stream()
                        .collect(Collectors.toMap(JobView::id, Function.identity()));
        return places.stream()
                .flatMap(place ->
                        Stream.ofNullable(found.get(place.job()))
                                .filter(JobView::isQueued)
                                .map(job -> job.rank(place.rank())))
                .toList();
    }

    /// All that the filter lets through, whatever the page.
    public long count(JobFilter filter, Instant now) {
        return database.count(handle ->
                new JobCountStore(handle, longCounts, now, filter.tenant())
                        .count(filter.ofAnyPage()));
    }

    /// A job's chain: the original and its retries, oldest first.
    public List<JobView> chain(TenantId tenant, JobId job) {
        JobId root = find(tenant, job).root();
        return database.read(handle -> JobViewStore.chain(handle, tenant, root));
    }

    /// What runs, the longest first.
    public List<JobId> running(TenantId tenant, int limit) {
        return database.read(handle -> JobViewStore.running(handle, tenant, limit));
    }

    /// How many retries of these jobs the engine has made by itself.
    public int retriesOf(TenantId tenant, Collection<JobId> jobs) {
        return jobs.isEmpty()
                ? 0
                : database.read(handle -> JobViewStore.retriesOf(handle, tenant, jobs));
    }

    public LiveJobs live(TenantId tenant) {
        return database.read(handle -> JobViewStore.live(handle, tenant));
    }

    public JobCounts counts(TenantId tenant, Instant now) {
        return database.count(handle ->
                JobViewStore.counts(
                        handle,
                        tenant,
                        longCounts.count(
                                List.of("jobs", tenant),
                                now,
                                (from, to) -> JobCountStore.made(handle, tenant, from, to))));
    }

    private List<JobView> ranked(TenantId tenant, List<JobView> jobs) {
        if (jobs.stream().noneMatch(JobView::isQueued)) {
            return jobs;
        }
        Map<JobId, Integer> ranks = database.read(handle -> JobViewStore.ranks(handle, tenant));
        return jobs.stream()
                .map(job -> job.isQueued() ? job.rank(ranks.get(job.id())) : job)
                .toList();
    }
}
