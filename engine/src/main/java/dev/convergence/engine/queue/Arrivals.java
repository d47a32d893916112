package dev.convergence.engine.queue;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.sql.FaultOfData;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Jobs that callers put in one by one, without a transaction of their own. Those that come at the
/// same time share one: what it costs to begin a statement and to commit is more than the job.
final class Arrivals {

    /// Two, so that neither two callers nor one slow commit make others wait. More make the groups
    /// smaller: eight callers on two processors put in a quarter less with eight turns.
    private static final int TURNS = 2;

    private static final int GROUP_MAX = 500;

    private final Database database;
    private final Bell bell;
    private final Consumer<Set<TenantId>> committed;
    private final GroupCommit<Job> group =
            new GroupCommit<>(TURNS, GROUP_MAX, this::putIn, FaultOfData::isIn);

    /// @param committed hears who got tickets without his lane's being put into the ring
    Arrivals(Database database, Bell bell, Consumer<Set<TenantId>> committed) {
        this.database = database;
        this.bell = bell;
        this.committed = committed;
    }

    /// Puts a job in and wakes workers; returns once that is committed.
    void enqueue(Job job) {
        group.commit(job);
    }

    private void putIn(List<Job> jobs) {
        if (jobs.size() == 1 && !bell.isRinging()) {
            putInAndWake(jobs.getFirst());
            return;
        }
        if (JobInsert.areFew(jobs)) {
            database.read(handle -> JobInsert.ready(handle, jobs));
        } else {
            database.transact(handle -> Placement.ready(handle, jobs));
        }
        committed.accept(jobs.stream().map(Job::tenant).collect(Collectors.toSet()));
    }

    /// One statement where the lane was idle: nobody waits for a second commit then. In a stream of
    /// jobs it would find the lane awake each time; there one ring is for many.
    private void putInAndWake(Job job) {
        long floor = bell.floors().ring();
        if (database.read(handle -> JobInsert.readyAndWake(handle, job, floor))) {
            bell.rangWithTicket();
        } else {
            committed.accept(Set.of(job.tenant()));
        }
    }
}
