package dev.convergence.benchmark.engine.contestant;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.quartz.Job;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;

/// Quartz with its store in the database, clustered.
final class Quartz extends InProcess {

    private static final int SHARE = 50;
    private static final int BULK = 500;
    private static final int HOURS = 24;
    static final String NUMBER = "n";
    static final String SENT = "sent";

    private @Nullable QuartzScheduler client;

    Quartz(String url) {
        super(url, "quartz");
    }

    @Override
    public String name() {
        return "quartz";
    }

    @Override
    public String version() {
        return Versions.of(Job.class, "quartz");
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("store", "JobStoreTX, clustered, acquireTriggersWithinLock");
        settings.put("threads", String.valueOf(QuartzScheduler.THREADS));
        settings.put("batch", QuartzScheduler.THREADS + " triggers");
        settings.put("idleWaitTime", QuartzScheduler.IDLE_WAIT_MILLIS + " ms, the least it takes");
        settings.put("job", "one durable job, a trigger for each execution");
        settings.put(
                "bulk",
                "scheduleJobs, " + BULK + " triggers a call, " + ENQUEUE_THREADS + " threads");
        settings.put("kept", "nothing: a trigger's rows are deleted at its end");
        return settings;
    }

    @Override
    public int sized(int jobs) {
        return Math.max(1, jobs / SHARE);
    }

    /// Quartz brings the script that makes its tables.
    @Override
    public void prepare() throws Exception {
        close();
        freshSchema();
        try (HikariDataSource pool = pool(1);
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(script());
        }
        client().scheduler().addJob(QuartzScheduler.JOB, true);
    }

    private static String script() throws IOException {
        String name = "/org/quartz/impl/jdbcjobstore/tables_postgres.sql";
        try (InputStream script = Job.class.getResourceAsStream(name)) {
            byte[] bytes = Objects.requireNonNull(script, name).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    @Override
    void enqueueAll(List<Payload> jobs) throws Exception {
        for (int from = 0; from < jobs.size(); from += BULK) {
            Set<Trigger> triggers = new HashSet<>();
            jobs.subList(from, Math.min(jobs.size(), from + BULK))
                    .forEach(job -> triggers.add(trigger(job)));
            scheduleAll(triggers);
        }
    }

    private void scheduleAll(Set<Trigger> triggers) throws SchedulerException {
        client().scheduler().scheduleJobs(Map.of(QuartzScheduler.JOB, triggers), true);
    }

    @Override
    void enqueueOne(Payload job) throws Exception {
        client().scheduler().scheduleJob(trigger(job));
    }

    private static Trigger trigger(Payload job) {
        return unscheduled(job).startNow().build();
    }

    private static TriggerBuilder<Trigger> unscheduled(Payload job) {
        return TriggerBuilder.newTrigger()
                .withIdentity(String.valueOf(job.number()))
                .forJob(QuartzScheduler.JOB)
                .usingJobData(NUMBER, job.number())
                .usingJobData(SENT, job.sentMicros());
    }

    /// All begin at one instant and come again a day later.
    @Override
    public boolean schedule(int count) throws Exception {
        due = afterStoring(Duration.ofSeconds(count / SCHEDULES_PER_SECOND));
        List<Payload> all = IntStream.range(0, count).mapToObj(Payload::of).toList();
        for (int from = 0; from < count; from += BULK) {
            Set<Trigger> triggers = new HashSet<>();
            all.subList(from, Math.min(count, from + BULK))
                    .forEach(job -> triggers.add(everyDay(job)));
            scheduleAll(triggers);
        }
        return true;
    }

    private Trigger everyDay(Payload job) {
        return unscheduled(job)
                .startAt(Date.from(due))
                .withSchedule(SimpleScheduleBuilder.repeatHourlyForever(HOURS))
                .build();
    }

    @Override
    Workers start(Work work) throws Exception {
        close();
        QuartzScheduler started = new QuartzScheduler(pool(QuartzScheduler.CONNECTIONS), work);
        started.scheduler().start();
        return started;
    }

    private synchronized QuartzScheduler client() throws SchedulerException {
        if (client == null) {
            client = new QuartzScheduler(pool(SINGLY_CONNECTIONS), _ -> {});
        }
        return client;
    }

    @Override
    public synchronized void close() throws Exception {
        if (client != null) {
            client.close();
            client = null;
        }
    }
}
