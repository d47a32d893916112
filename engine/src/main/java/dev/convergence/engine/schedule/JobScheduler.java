package dev.convergence.engine.schedule;

import dev.convergence.engine.id.ScheduleId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.Ties;
import dev.convergence.engine.job.TriggerType;
import dev.convergence.engine.jobschedule.JobSchedule;
import dev.convergence.engine.jobschedule.JobScheduleStore;
import dev.convergence.engine.jobschedule.JobSchedules;
import dev.convergence.engine.jobtemplate.JobTemplate;
import dev.convergence.engine.jobtemplate.JobTemplates;
import dev.convergence.engine.launch.JobLauncher;
import dev.convergence.engine.launch.JobRequest;
import dev.convergence.engine.loop.Duty;
import dev.convergence.engine.queue.Queue;
import dev.convergence.engine.sql.Database;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Makes a job of every job schedule that has come due.
///
/// The schedule's row is locked while its job is put in and its next instant is written, so on any
/// number of nodes an instant makes one job. Instants that nobody was there for collapse into the
/// last of them.
public final class JobScheduler implements Duty {

    private static final int BATCH = 100;

    private final Database database;
    private final Queue queue;
    private final JobLauncher launcher;

    public JobScheduler(Database database, Queue queue, JobLauncher launcher) {
        this.database = database;
        this.queue = queue;
        this.launcher = launcher;
    }

    /// Tenants' doors are entered in one order, so that two nodes do not wait in a circle.
    private static final Comparator<JobSchedule> BY_TENANT =
            Comparator.comparing(schedule -> schedule.tenant().value());

    @Override
    public boolean runOnce(Instant now) {
        return fire(now).size() == BATCH;
    }

    /// Fires all that is due.
    ///
    /// @return how many jobs were made
    public int fireAll(Instant now) {
        int fired = 0;
        for (List<Job> made = fire(now); !made.isEmpty(); made = fire(now)) {
            fired += made.size();
        }
        return fired;
    }

    private List<Job> fire(Instant now) {
        List<Job> made =
                database.inTransaction(handle ->
                        JobScheduleStore.due(handle, now, BATCH).stream()
                                .sorted(BY_TENANT)
                                .map(schedule -> fire(handle, schedule, now))
                                .toList());
        queue.committed(made.stream().map(Job::tenant).collect(Collectors.toSet()));
        return made;
    }

    private Job fire(Handle handle, JobSchedule schedule, Instant now) {
        Job job = job(handle, schedule, now);
        Instant due = schedule.lastDue(now);
        launcher.place(handle, List.of(job));
        JobScheduleStore.fired(handle, schedule.id(), due, job.id(), schedule.after(due));
        return job;
    }

    private Job job(Handle handle, JobSchedule schedule, Instant now) {
        JobTemplate template = JobTemplates.find(handle, schedule.tenant(), schedule.template());
        return launcher.job(
                new JobRequest(
                        schedule.tenant(),
                        template.jobType(),
                        template.overlaid(schedule.overrides()),
                        schedule.priority(),
                        template.retry(),
                        Ties.QUEUED.template(template.id()).schedule(schedule.id()),
                        TriggerType.SCHEDULER,
                        null),
                now);
    }

    /// Makes a job of a schedule now, due or not, enabled or not; its rhythm does not move.
    public Job trigger(TenantId tenant, ScheduleId id, Instant now) {
        Job made =
                database.inTransaction(handle -> {
                    launcher.enter(handle, tenant);
                    JobSchedule schedule =
                            JobScheduleStore.lock(handle, tenant, id)
                                    .orElseThrow(() -> JobSchedules.none(id));
                    JobTemplates.usable(handle, tenant, schedule.template());
                    Job job = job(handle, schedule, now);
                    launcher.place(handle, List.of(job));
                    return job;
                });
        queue.committed(Set.of(tenant));
        return made;
    }
}
