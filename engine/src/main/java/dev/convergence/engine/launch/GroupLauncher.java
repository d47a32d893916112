package dev.convergence.engine.launch;

import dev.convergence.engine.group.JobGroup;
import dev.convergence.engine.group.NewGroup;
import dev.convergence.engine.queue.Groups;
import dev.convergence.engine.queue.Queue;
import dev.convergence.engine.sql.Database;
import java.time.Instant;
import java.util.Set;

/// Begins groups of jobs that somebody asked for.
public final class GroupLauncher {

    private final Database database;
    private final Queue queue;
    private final Groups groups;
    private final JobLauncher jobs;

    /// @param jobs through whose door the members come
    public GroupLauncher(Database database, Queue queue, Groups groups, JobLauncher jobs) {
        this.database = database;
        this.queue = queue;
        this.groups = groups;
        this.jobs = jobs;
    }

    /// Puts a group in, all of it or nothing.
    public JobGroup launch(NewGroup wanted, Instant now) {
        JobGroup group =
                database.inTransaction(handle -> {
                    jobs.enter(handle, wanted.tenant());
                    return groups.place(handle, wanted, now);
                });
        queue.committed(Set.of(wanted.tenant()));
        return group;
    }
}
