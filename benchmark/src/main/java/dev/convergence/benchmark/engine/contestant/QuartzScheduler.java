package dev.convergence.benchmark.engine.contestant;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDataMap;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/// One member of a Quartz cluster, not started yet.
final class QuartzScheduler implements Workers {

    static final int THREADS = 25;
    static final int CONNECTIONS = THREADS + 3;
    static final int IDLE_WAIT_MILLIS = 1000;

    private static final String SOURCE = "bench";

    static final JobDetail JOB =
            JobBuilder.newJob(Nothing.class).withIdentity("nothing").storeDurably().build();

    /// The job as Quartz names it in its table; what runs is a closure of the factory's.
    public static final class Nothing implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            throw new IllegalStateException("Quartz asked nobody for its job.");
        }
    }

    private final HikariDataSource pool;
    private final Scheduler scheduler;

    QuartzScheduler(HikariDataSource pool, Work work) throws SchedulerException {
        this.pool = pool;
        DBConnectionManager.getInstance().addConnectionProvider(SOURCE, provider(pool));
        scheduler = new StdSchedulerFactory(properties()).getScheduler();
        scheduler.setJobFactory((_, _) -> context -> run(work, context.getMergedJobDataMap()));
    }

    private static void run(Work work, JobDataMap data) {
        work.run(new Payload(data.getInt(Quartz.NUMBER), data.getLong(Quartz.SENT)));
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.put("org.quartz.scheduler.instanceName", SOURCE);
        properties.put("org.quartz.scheduler.instanceId", "AUTO");
        properties.put("org.quartz.scheduler.idleWaitTime", String.valueOf(IDLE_WAIT_MILLIS));
        properties.put(
                "org.quartz.scheduler.batchTriggerAcquisitionMaxCount", String.valueOf(THREADS));
        properties.put("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
        properties.put("org.quartz.threadPool.threadCount", String.valueOf(THREADS));
        properties.put("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
        properties.put(
                "org.quartz.jobStore.driverDelegateClass",
                "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
        properties.put("org.quartz.jobStore.dataSource", SOURCE);
        properties.put("org.quartz.jobStore.isClustered", "true");
        properties.put("org.quartz.jobStore.acquireTriggersWithinLock", "true");
        // What waits longer than this is skipped or moved; the last of a backlog must not be.
        properties.put("org.quartz.jobStore.misfireThreshold", "3600000");
        return properties;
    }

    private static ConnectionProvider provider(HikariDataSource pool) {
        return new ConnectionProvider() {
            @Override
            public Connection getConnection() throws SQLException {
                return pool.getConnection();
            }

            @Override
            public void shutdown() {
                // The pool is closed by whoever made it.
            }

            @Override
            public void initialize() {
                // The pool is ready when it is made.
            }
        };
    }

    Scheduler scheduler() {
        return scheduler;
    }

    private static final String LEFT =
            """
            SELECT (SELECT count(*) FROM qrtz_fired_triggers)
                + (SELECT count(*) FROM qrtz_triggers
                   WHERE next_fire_time <= extract(epoch FROM now()) * 1000)
            """;

    @Override
    public boolean isSettled(int jobs) throws Exception {
        return InProcess.count(pool, LEFT) == 0;
    }

    @Override
    public void close() throws SchedulerException {
        scheduler.shutdown(true);
        pool.close();
    }
}
