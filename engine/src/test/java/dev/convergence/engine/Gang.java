package dev.convergence.engine;

import dev.convergence.engine.group.GroupCounts;
import dev.convergence.engine.group.GroupMode;
import dev.convergence.engine.group.GroupStatus;
import dev.convergence.engine.group.GroupView;
import dev.convergence.engine.group.JobGroup;
import dev.convergence.engine.group.NewGroup;
import dev.convergence.engine.group.OnFailure;
import dev.convergence.engine.id.GroupId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.NewJob;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.job.Ties;
import dev.convergence.engine.time.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// A group of probes in an installation, and what becomes of it.
record Gang(Installation here, Rooms engine, TenantId tenant, GroupId id) {

    static final Map<String, Object> GOOD = Map.of();
    static final Map<String, Object> BAD = Map.of("outcome", "FAILED");
    static final Map<String, Object> DUPLICATE = Map.of("outcome", "SKIPPED");
    private static final String PAUSE = "pause";
    private static final String POOL = "pool";

    @SafeVarargs
    static Gang of(
            Installation here,
            Rooms engine,
            TenantId tenant,
            GroupMode mode,
            OnFailure onFailure,
            Map<String, Object>... members) {
        List<Job> jobs =
                Stream.of(members)
                        .map(params -> member(tenant, params).at(here.clock.instant()))
                        .toList();
        NewGroup wanted = new NewGroup(tenant, "a gang", mode, onFailure, 5, jobs, "test");
        JobGroup group =
                here.database.inTransaction(
                        handle -> engine.groups().place(handle, wanted, here.clock.instant()));
        engine.queue().committed(Set.of(tenant));
        return new Gang(here, engine, tenant, group.id());
    }

    @SafeVarargs
    static Gang inSequence(
            Installation here, Rooms engine, TenantId tenant, Map<String, Object>... members) {
        return of(here, engine, tenant, GroupMode.SEQUENTIAL, OnFailure.STOP, members);
    }

    /// Tried again at once, or after the pause that its parameters name.
    static NewJob member(TenantId tenant, Map<String, Object> params) {
        Duration pause = Duration.ofSeconds((int) params.getOrDefault(PAUSE, 0));
        NewJob member =
                NewJob.of(tenant.value(), "probe")
                        .params(params)
                        .retry(new RetryPolicy(3, new Backoff(pause, 2, Duration.ofHours(1))))
                        .ties(Ties.QUEUED);
        return params.get(POOL) instanceof String pool ? member.pool(pool) : member;
    }

    /// Runs whatever may start, one after the other, until nothing may.
    void runAll() {
        while (engine.worker().runHere(here.clock.instant()) > 0) {}
    }

    void cancel() {
        engine.groups().cancel(tenant, id, here.clock.instant());
    }

    GroupView view() {
        return engine.groupBook().find(tenant, id);
    }

    GroupStatus status() {
        return view().status();
    }

    GroupCounts counts() {
        return view().counts();
    }

    /// The job of a member's attempt.
    JobId job(int member, int attempt) {
        return here.database.read(handle ->
                handle.createQuery(
                                "SELECT job_id FROM job WHERE group_id = :group AND sequence_number"
                                        + " = :member AND attempt = :attempt")
                        .bind("group", id.value())
                        .bind("member", member)
                        .bind("attempt", attempt)
                        .map((row, _) -> JobId.of(row.getObject(1, UUID.class)))
                        .one());
    }

    String state(int member, int attempt) {
        return here.state(job(member, attempt));
    }

    /// Members in the order in which their attempts were claimed.
    List<Integer> executed() {
        return here.database.read(handle ->
                handle.createQuery(
                                """
                                SELECT sequence_number FROM job JOIN (
                                    SELECT job_id, token FROM run UNION ALL SELECT job_id, token FROM lease) AS attempts USING (job_id)
                                WHERE group_id = :group AND token IS NOT NULL ORDER BY token
                                """)
                        .bind("group", id.value())
                        .mapTo(Integer.class)
                        .list());
    }
}
