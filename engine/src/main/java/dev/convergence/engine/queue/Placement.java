package dev.convergence.engine.queue;

import dev.convergence.engine.group.JobGroup;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.JobStore.Placed;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.PrimitiveIterator;
import org.jdbi.v3.core.Handle;

/// The one way a job begins: written down, with a ticket for now or for later.
final class Placement {

    /// From here on copies are faster than as many inserts.
    private static final int COPY_MIN = 4;

    private Placement() {}

    /// A job that may not start before an instant.
    record Later(Job job, Instant dueAt) {}

    /// Places jobs at the end of their priority levels, in the order given.
    static void ready(Handle handle, Collection<Job> jobs) {
        if (jobs.isEmpty()) {
            return;
        }
        if (JobInsert.areFew(jobs)) {
            JobInsert.ready(handle, jobs);
        } else if (jobs.size() < COPY_MIN) {
            jobs.forEach(job -> JobInsert.ready(handle, List.of(job)));
        } else {
            List<Placed> placed = placed(handle, jobs);
            JobCopy.copy(handle, placed);
            TicketStore.copyReady(handle, placed);
        }
    }

    /// Places the members of a group one behind the other; all but the first wait for those before
    /// them.
    static void inSequence(Handle handle, JobGroup group, List<Job> members) {
        List<Placed> placed = placed(handle, members);
        JobCopy.copy(handle, placed);
        TicketStore.copyReady(handle, placed.subList(0, 1));
        GroupTicketStore.hold(handle, group, placed.subList(1, placed.size()));
    }

    private static List<Placed> placed(Handle handle, Collection<Job> jobs) {
        PrimitiveIterator.OfLong positions = TicketStore.positions(handle, jobs.size());
        ShownPositionStore shown = new ShownPositionStore(handle);
        return jobs.stream()
                .map(job -> new Placed(job, positions.nextLong(), shown.next(job)))
                .toList();
    }

    static void later(Handle handle, Collection<Later> jobs) {
        if (jobs.size() < COPY_MIN) {
            jobs.forEach(later -> JobInsert.alone(handle, later.job()));
            jobs.forEach(later -> TicketStore.deferred(handle, later.job(), later.dueAt()));
        } else {
            JobCopy.copy(
                    handle,
                    jobs.stream().map(later -> new Placed(later.job(), null, null)).toList());
            TicketStore.copyDeferred(handle, jobs);
        }
    }
}
