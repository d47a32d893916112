package dev.convergence.benchmark.scheduler;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.convergence.benchmark.engine.contestant.Convergence;
import dev.convergence.benchmark.engine.contestant.Sizing;
import dev.convergence.benchmark.engine.server.Server;
import dev.convergence.engine.EngineConfig;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.event.EngineListener;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.recovery.Partitions;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.sql.DatabaseClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Our schedules as they ship: tenants, quotas, policies, the ledger, overlapping runs kept apart.
/// Nobody works on the jobs, so that only deciding is measured.
final class OurSchedules implements AutoCloseable {

    private static final int CONFIGS_PER_TENANT = 100;
    private static final int CONNECTIONS = 8;
    private static final int NODES = 2;

    private final Server server;
    private final List<HikariDataSource> pools = new ArrayList<>();
    private final List<Rooms> nodes = new ArrayList<>();

    OurSchedules(Server server) {
        this.server = server;
    }

    void make(int count) throws Exception {
        try (Convergence engine = new Convergence(server.url(), new Sizing(1, 2))) {
            engine.prepare();
            engine.seedIdle(Math.max(1, count / CONFIGS_PER_TENANT), count);
        }
        for (int number = 0; number < NODES; number++) {
            nodes.add(node());
        }
        new Partitions(nodes.getFirst().database()).make(nodes.getFirst().clock().instant());
        server.settle();
    }

    private Rooms node() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.url());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionInitSql("SET search_path = convergence");
        HikariDataSource pool = new HikariDataSource(config);
        pools.add(pool);
        Database database = new Database(pool);
        EngineConfig settings =
                new EngineConfig(
                        0,
                        Duration.ofSeconds(30),
                        Optional.empty(),
                        Duration.ofSeconds(1),
                        RetryPolicy.withBase(Duration.ofSeconds(60)),
                        0,
                        Map.of(),
                        Path.of(System.getProperty("java.io.tmpdir")));
        return new Rooms(
                database, new DatabaseClock(database), settings, List.of(), EngineListener.NOBODY);
    }

    boolean tick() {
        Rooms node = nodes.getFirst();
        return node.scheduler().runOnce(node.clock().instant());
    }

    private static final String EMPTY =
            "TRUNCATE convergence.job, convergence.ready, convergence.slot, convergence.in_flight, convergence.run,"
                    + " convergence.outbox, convergence.quota_usage";

    private static final String DUE =
            """
            UPDATE convergence.schedule SET next_fire = now() - interval '1 second', nominal_at = NULL
            WHERE config_id IN (SELECT md5('config ' || n)::uuid FROM generate_series(0, %d - 1) AS n)
            """;

    void makeDue(int count) throws SQLException {
        execute(EMPTY);
        execute(DUE.formatted(count));
        server.settle();
    }

    /// Fires all that is due, on so many nodes at once.
    long fire(int count) {
        List<CompletableFuture<Long>> all =
                nodes.stream()
                        .limit(count)
                        .map(node ->
                                CompletableFuture.supplyAsync(() ->
                                        node.scheduler()
                                                .trigger(node.clock().instant(), Integer.MAX_VALUE)
                                                .fired()))
                        .toList();
        return all.stream().mapToLong(CompletableFuture::join).sum();
    }

    private static final String COUNTS =
            """
            SELECT format('%%s jobs, %%s tickets, %%s slots instead of %1$d', jobs, tickets, slots)
            FROM (SELECT (SELECT count(*) FROM convergence.job) AS jobs,
                         (SELECT count(*) FROM convergence.ready) AS tickets,
                         (SELECT count(*) FROM convergence.slot WHERE outcome = 'FIRED') AS slots) AS counts
            WHERE jobs <> %1$d OR tickets <> %1$d OR slots <> %1$d
            """;

    List<String> faults(int count) throws SQLException {
        return texts(COUNTS.formatted(count));
    }

    // A config that was off for thirty days, minute by minute.
    private static final String MONTH =
            """
            INSERT INTO convergence.slot_gap (tenant_id, config_id, schedule_cron, timezone, dst_gap, dst_overlap,
                from_at, until_at, outcome, reason, decided_at)
            SELECT tenant_id, config_id, '* * * * *', 'Europe/Berlin', 'SHIFT_FORWARD', 'BOTH',
                   date_trunc('minute', now()) - interval '43199 minutes', now(), 'SKIPPED_DISABLED', 'off', now()
            FROM convergence.schedule LIMIT 1
            """;

    void leaveAMonth() throws SQLException {
        execute(EMPTY);
        execute(MONTH);
        server.settle();
    }

    int writeGaps() {
        Rooms node = nodes.getFirst();
        int ticks = 0;
        while (node.scheduler().runOnce(node.clock().instant())) {
            ticks++;
        }
        return ticks;
    }

    List<String> faultsOfAMonth(int minutes) throws SQLException {
        return texts(
                "SELECT count(*) || ' slots' FROM convergence.slot HAVING count(*) <> " + minutes);
    }

    private List<String> texts(String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        pools.forEach(HikariDataSource::close);
    }
}
