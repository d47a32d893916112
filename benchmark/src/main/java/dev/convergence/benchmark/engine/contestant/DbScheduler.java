package dev.convergence.benchmark.engine.contestant;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.PlainScheduleAndData;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTaskWithPersistentSchedule;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import com.zaxxer.hikari.HikariDataSource;
import dev.convergence.benchmark.engine.server.WallClock;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// db-scheduler, with either of its polling strategies, as its page on performance sets it up.
final class DbScheduler extends InProcess {

    static final String LOCK_AND_FETCH = "db-scheduler";
    static final String FETCH = "db-scheduler-fetch";

    private static final String ONCE = "nothing";
    private static final String EVERY_DAY = "nothing-every-day";
    private static final int THREADS = 50;
    private static final int CONNECTIONS = 55;
    private static final double LOWER = 1.0;
    private static final double UPPER = 4.0;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int SHARE = 4;

    private final String name;
    private @Nullable HikariDataSource clientPool;
    private @Nullable SchedulerClient client;

    DbScheduler(String name, String url) {
        super(url, "db_scheduler");
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String version() {
        return Versions.of(Scheduler.class, "db-scheduler");
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("polling", strategy() + ", lower " + LOWER + ", upper " + UPPER);
        settings.put("threads", String.valueOf(THREADS));
        settings.put("connections", String.valueOf(CONNECTIONS));
        settings.put("polling interval", POLL.toMillis() + " ms");
        settings.put("bulk", "scheduleBatch, " + ENQUEUE_THREADS + " threads");
        settings.put("kept", "nothing: a job's row is deleted at its end");
        return settings;
    }

    private String strategy() {
        return name.equals(FETCH) ? "fetch" : "lock-and-fetch";
    }

    @Override
    public int sized(int jobs) {
        return Math.max(1, jobs / SHARE);
    }

    // The table and the indexes that the project's own tests and page on PostgreSQL ask for.
    private static final String TABLES =
            """
            CREATE TABLE db_scheduler.scheduled_tasks (
                task_name text NOT NULL, task_instance text NOT NULL, task_data bytea,
                execution_time timestamptz NOT NULL, picked boolean NOT NULL, picked_by text,
                last_success timestamptz, last_failure timestamptz, consecutive_failures integer,
                last_heartbeat timestamptz, version bigint NOT NULL, priority smallint,
                PRIMARY KEY (task_name, task_instance));
            CREATE INDEX ON db_scheduler.scheduled_tasks (execution_time);
            CREATE INDEX ON db_scheduler.scheduled_tasks (last_heartbeat);
            CREATE INDEX ON db_scheduler.scheduled_tasks (priority DESC, execution_time ASC);
            """;

    @Override
    public void prepare() throws Exception {
        close();
        freshSchema();
        execute(TABLES);
    }

    @Override
    void enqueueAll(List<Payload> jobs) {
        List<TaskInstance<?>> instances = new ArrayList<>(jobs.size());
        jobs.forEach(job -> instances.add(instance(job)));
        client().scheduleBatch(instances, WallClock.instant());
    }

    @Override
    void enqueueOne(Payload job) {
        client().schedule(instance(job), WallClock.instant());
    }

    private static TaskInstance<Long> instance(Payload job) {
        return new TaskInstance<>(ONCE, String.valueOf(job.number()), job.sentMicros());
    }

    @Override
    public boolean schedule(int count) {
        RecurringTaskWithPersistentSchedule<PlainScheduleAndData> task = everyDay(_ -> {});
        List<TaskInstance<?>> instances = new ArrayList<>(count);
        PlainScheduleAndData daily =
                new PlainScheduleAndData(Schedules.daily(LocalTime.of(2, 0)), null);
        for (int i = 0; i < count; i++) {
            instances.add(new TaskInstance<>(task.getName(), String.valueOf(i), daily));
        }
        due = afterStoring(Duration.ZERO);
        client().scheduleBatch(instances, due);
        return true;
    }

    private static OneTimeTask<Long> once(Work work) {
        return Tasks.oneTime(ONCE, Long.class)
                .execute((instance, _) ->
                        work.run(
                                new Payload(
                                        Integer.parseInt(instance.getId()), instance.getData())));
    }

    private static RecurringTaskWithPersistentSchedule<PlainScheduleAndData> everyDay(Work work) {
        return Tasks.recurringWithPersistentSchedule(EVERY_DAY, PlainScheduleAndData.class)
                .execute((instance, _) -> work.run(Payload.of(Integer.parseInt(instance.getId()))));
    }

    @Override
    Workers start(Work work) throws Exception {
        close();
        return new Started(work);
    }

    private SchedulerBuilder polling(SchedulerBuilder builder) {
        return name.equals(FETCH)
                ? builder.pollUsingFetchAndLockOnExecute(LOWER, UPPER)
                : builder.pollUsingLockAndFetch(LOWER, UPPER);
    }

    private synchronized SchedulerClient client() {
        if (client == null || clientPool == null) {
            clientPool = pool(SINGLY_CONNECTIONS);
            client = SchedulerClient.Builder.create(clientPool).build();
        }
        return client;
    }

    @Override
    public synchronized void close() {
        if (clientPool != null) {
            clientPool.close();
            clientPool = null;
            client = null;
        }
    }

    private final class Started implements Workers {

        // What has ended is gone, or is due another day.
        private static final String LEFT =
                "SELECT count(*) FROM scheduled_tasks WHERE picked OR execution_time <= now()";

        private final HikariDataSource pool = pool(CONNECTIONS);
        private final Scheduler scheduler;

        Started(Work work) {
            scheduler =
                    polling(Scheduler.create(pool, once(work), everyDay(work)))
                            .threads(THREADS)
                            .pollingInterval(POLL)
                            .build();
            scheduler.start();
        }

        @Override
        public boolean isSettled(int jobs) throws Exception {
            return count(pool, LEFT) == 0;
        }

        @Override
        public void close() {
            scheduler.stop();
            pool.close();
        }
    }
}
