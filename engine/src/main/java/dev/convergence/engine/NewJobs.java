package dev.convergence.engine;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.NewJob;
import dev.convergence.engine.queue.Queue;
import dev.convergence.engine.sql.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Puts in what an embedding program wants done, in its transaction or in one of its own.
record NewJobs(Database database, Queue queue, InstantSource clock) {

    /// Each waits for its turn or for its time; call [#committed] once the transaction is.
    List<JobId> enqueue(Handle handle, Collection<NewJob> asked) {
        Instant now = clock.instant();
        List<JobId> ids = new ArrayList<>(asked.size());
        List<Job> ready = new ArrayList<>(asked.size());
        for (NewJob wanted : asked) {
            Job job = wanted.at(now);
            ids.add(job.id());
            Instant notBefore = wanted.notBefore();
            if (notBefore == null || !notBefore.isAfter(now)) {
                ready.add(job);
            } else {
                queue.defer(handle, job, notBefore);
            }
        }
        queue.enqueue(handle, ready);
        return ids;
    }

    /// One job that may start at once.
    JobId enqueue(NewJob wanted) {
        Job job = wanted.at(clock.instant());
        queue.enqueue(job);
        return job.id();
    }

    /// All or none.
    List<JobId> enqueue(Collection<NewJob> asked) {
        List<JobId> ids = database.inTransaction(handle -> enqueue(handle, asked));
        committed(asked);
        return ids;
    }

    void committed(Collection<NewJob> asked) {
        queue.committed(asked.stream().map(NewJob::tenant).collect(Collectors.toSet()));
        if (asked.stream().anyMatch(job -> job.notBefore() != null)) {
            queue.paused();
        }
    }
}
