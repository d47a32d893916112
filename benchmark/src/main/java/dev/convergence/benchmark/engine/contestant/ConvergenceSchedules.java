package dev.convergence.benchmark.engine.contestant;

import com.zaxxer.hikari.HikariDataSource;
import dev.convergence.engine.EngineConfig;
import dev.convergence.engine.Node;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.event.EngineEvent;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.sql.DatabaseClock;
import dev.convergence.engine.worker.JobHandler;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Our own schedules: configs of tenants with quotas, and a node that fires and runs them.
final class ConvergenceSchedules {

    private static final int SCHEDULES_PER_TENANT = 10;
    private static final int CONCURRENT_LIMIT = 10;
    private static final Duration TICK = Duration.ofSeconds(10);
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration RETRY_BASE = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final double RETRY_JITTER = 0.1;

    private final Convergence engine;

    ConvergenceSchedules(Convergence engine) {
        this.engine = engine;
    }

    static String described() {
        return "%d configs a tenant, concurrent limit %d, quotas on, tick %d s"
                .formatted(SCHEDULES_PER_TENANT, CONCURRENT_LIMIT, TICK.toSeconds());
    }

    /// Configs that all come due at one instant.
    void make(int count, Instant due) throws SQLException {
        seed(Math.max(1, count / SCHEDULES_PER_TENANT), count, "timestamptz '%s'".formatted(due));
    }

    private static final String SEED =
            """
            INSERT INTO convergence.tenant (tenant_id, company_name, admin_email, status, created_at, updated_at)
            SELECT 'tenant-' || t, 'A company', 'a@example.com', 'ACTIVE', now(), now()
            FROM generate_series(1, %1$d) AS t;

            INSERT INTO convergence.subscription (subscription_id, tenant_id, plan_name, daily_limit, monthly_limit,
                concurrent_limit, max_team_members, max_providers, subscription_start_date, created_at, updated_at)
            SELECT gen_random_uuid(), 'tenant-' || t, 'SCALE', 1000000, 1000000, %4$d, 2, 3, current_date, now(), now()
            FROM generate_series(1, %1$d) AS t;

            INSERT INTO convergence.lane (tenant_id, concurrent_limit)
            SELECT 'tenant-' || t, %4$d FROM generate_series(1, %1$d) AS t
            ON CONFLICT (tenant_id) DO UPDATE SET concurrent_limit = excluded.concurrent_limit;

            INSERT INTO convergence.pipeline_config (config_id, tenant_id, provider, domain, template_name,
                pipeline_name, schedule_cron, parameters, created_at, updated_at)
            SELECT md5('config ' || n)::uuid, 'tenant-' || (n %% %1$d + 1), 'SYSTEM', 'DIAGNOSTICS', 'probe',
                   'probe ' || n, '0 2 * * *', jsonb_build_object('n', n), now(), now()
            FROM generate_series(0, %2$d - 1) AS n;

            INSERT INTO convergence.schedule (config_id, tenant_id, next_fire, is_enabled)
            SELECT md5('config ' || n)::uuid, 'tenant-' || (n %% %1$d + 1), %3$s, true
            FROM generate_series(0, %2$d - 1) AS n;
            """;

    /// @param nextFire an SQL expression; `n` is the config's number
    void seed(int tenants, int configs, String nextFire) throws SQLException {
        engine.execute(SEED.formatted(tenants, configs, nextFire, CONCURRENT_LIMIT));
    }

    /// A node that fires configs and does this with what they make.
    Member member(Work work) {
        return new Member(work);
    }

    final class Member implements Workers {

        private final HikariDataSource pool = engine.pool(engine.sizing().connections());
        private final AtomicInteger ended = new AtomicInteger();
        private final Node node;

        private Member(Work work) {
            Database database = new Database(pool);
            EngineConfig config =
                    new EngineConfig(
                            engine.sizing().slots(),
                            LEASE,
                            Optional.of(TICK),
                            POLL,
                            RetryPolicy.withBase(RETRY_BASE),
                            RETRY_JITTER,
                            Map.of(),
                            Path.of(System.getProperty("java.io.tmpdir")));
            Rooms rooms =
                    new Rooms(
                            database,
                            new DatabaseClock(database),
                            config,
                            List.of(handler(work)),
                            this::on);
            node = new Node(rooms, pool, EnumSet.allOf(Node.Role.class));
            node.start();
        }

        private void on(EngineEvent event) {
            if (event instanceof EngineEvent.JobEnded) {
                ended.incrementAndGet();
            }
        }

        private static JobHandler handler(Work work) {
            return JobHandler.of(
                    Job.PIPELINE,
                    execution -> {
                        Object parameters = execution.job().params().get("parameters");
                        if (parameters instanceof Map<?, ?> map
                                && map.get("n") instanceof Number n) {
                            work.run(Payload.of(n.intValue()));
                        }
                        return Outcome.Completed.plain();
                    });
        }

        @Override
        public boolean isSettled(int jobs) {
            return ended.get() >= jobs;
        }

        @Override
        public void close() throws InterruptedException {
            node.stop(STOP);
            pool.close();
        }
    }
}
