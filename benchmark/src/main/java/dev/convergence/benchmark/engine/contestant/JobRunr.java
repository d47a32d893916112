package dev.convergence.benchmark.engine.contestant;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.scheduling.RecurringJobBuilder;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.StorageProviderUtils.DatabaseOptions;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.utils.mapper.JsonMapper;
import org.jobrunr.utils.mapper.jackson3.Jackson3JsonMapper;
import org.jspecify.annotations.Nullable;

/// JobRunr, the free edition, on virtual threads.
final class JobRunr extends InProcess {

    private static final int WORKERS = 128;
    private static final int CONNECTIONS = 32;
    private static final int SHARE = 10;
    private static final Duration POLL = Duration.ofSeconds(5);

    private @Nullable Client client;

    JobRunr(String url) {
        super(url, "jobrunr");
    }

    /// What JobRunr stores: its own JSON names this class and these fields.
    public record Nothing(int number, long sentMicros) implements JobRequest {
        @Override
        public Class<Handler> getJobRequestHandler() {
            return Handler.class;
        }
    }

    /// Does the work that the workers were started with.
    public static final class Handler implements JobRequestHandler<Nothing> {

        private final Work work;

        Handler(Work work) {
            this.work = work;
        }

        @Override
        public void run(Nothing request) {
            work.run(new Payload(request.number(), request.sentMicros()));
        }
    }

    @Override
    public String name() {
        return "jobrunr";
    }

    @Override
    public String version() {
        return Versions.of(JobRequest.class, "jobrunr");
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("threads", "virtual, " + WORKERS + " workers");
        settings.put("connections", String.valueOf(CONNECTIONS));
        settings.put("poll interval", POLL.toSeconds() + " s, the least it takes");
        settings.put("bulk", "enqueue(Stream), " + ENQUEUE_THREADS + " threads");
        settings.put("kept", "a job's row with its states as JSON");
        return settings;
    }

    @Override
    public int sized(int jobs) {
        return Math.max(1, jobs / SHARE);
    }

    @Override
    public void prepare() throws Exception {
        close();
        freshSchema();
        try (HikariDataSource pool = pool(2)) {
            new PostgresStorageProvider(pool, DatabaseOptions.CREATE).close();
        }
    }

    @Override
    void enqueueAll(List<Payload> jobs) {
        client().scheduler.enqueue(jobs.stream().map(JobRunr::request));
    }

    @Override
    void enqueueOne(Payload job) {
        client().scheduler.enqueue(request(job));
    }

    private static Nothing request(Payload job) {
        return new Nothing(job.number(), job.sentMicros());
    }

    /// It has no instant to set: a cron of one minute of the year, the next that is far enough
    /// away.
    @Override
    public boolean schedule(int count) {
        due =
                afterStoring(Duration.ofSeconds(count / SCHEDULES_PER_SECOND))
                        .plus(Duration.ofMinutes(1))
                        .truncatedTo(ChronoUnit.MINUTES);
        ZonedDateTime at = due.atZone(ZoneOffset.UTC);
        String cron =
                "%d %d %d %d *"
                        .formatted(
                                at.getMinute(),
                                at.getHour(),
                                at.getDayOfMonth(),
                                at.getMonthValue());
        for (int i = 0; i < count; i++) {
            client().scheduler
                    .createRecurrently(
                            RecurringJobBuilder.aRecurringJob()
                                    .withId("schedule-" + i)
                                    .withCron(cron)
                                    .withZoneId(ZoneOffset.UTC)
                                    .withJobRequest(new Nothing(i, 0)));
        }
        return true;
    }

    @Override
    Workers start(Work work) throws Exception {
        close();
        return new Started(work);
    }

    private synchronized Client client() {
        if (client == null) {
            client = new Client();
        }
        return client;
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
            client = null;
        }
    }

    private StorageProvider storage(HikariDataSource pool, JsonMapper json) {
        StorageProvider storage = new PostgresStorageProvider(pool, DatabaseOptions.SKIP_CREATE);
        storage.setJobMapper(new JobMapper(json));
        return storage;
    }

    /// One that puts jobs in.
    private final class Client implements AutoCloseable {

        private final HikariDataSource pool = pool(SINGLY_CONNECTIONS);
        private final StorageProvider storage = storage(pool, new Jackson3JsonMapper());
        final JobRequestScheduler scheduler = new JobRequestScheduler(storage);

        @Override
        public void close() {
            storage.close();
            pool.close();
        }
    }

    /// One that does them.
    private final class Started implements Workers {

        private static final String SUCCEEDED =
                "SELECT count(*) FROM jobrunr_jobs WHERE state = 'SUCCEEDED'";

        private final HikariDataSource pool = pool(CONNECTIONS);
        private final BackgroundJobServer server;

        Started(Work work) {
            JsonMapper json = new Jackson3JsonMapper();
            server =
                    new BackgroundJobServer(
                            storage(pool, json),
                            json,
                            activator(work),
                            BackgroundJobServerConfiguration
                                    .usingStandardBackgroundJobServerConfiguration()
                                    .andWorkerCount(WORKERS)
                                    .andPollInterval(POLL));
            server.start();
        }

        private static JobActivator activator(Work work) {
            return new JobActivator() {
                @Override
                public <T> T activateJob(Class<T> type) {
                    return type.cast(new Handler(work));
                }
            };
        }

        @Override
        public boolean isSettled(int jobs) throws Exception {
            return count(pool, SUCCEEDED) >= jobs;
        }

        @Override
        public void close() {
            server.stop();
            pool.close();
        }
    }
}
