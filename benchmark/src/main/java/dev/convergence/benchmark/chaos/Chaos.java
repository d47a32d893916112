package dev.convergence.benchmark.chaos;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.convergence.benchmark.chaos.attack.Attack;
import dev.convergence.benchmark.chaos.attack.DatabaseTime;
import dev.convergence.benchmark.chaos.attack.HeldSnapshot;
import dev.convergence.benchmark.chaos.attack.Storm;
import dev.convergence.benchmark.chaos.judge.Judge;
import dev.convergence.benchmark.chaos.judge.Judgement;
import dev.convergence.benchmark.chaos.judge.Sampler;
import dev.convergence.benchmark.chaos.victim.Fleet;
import dev.convergence.benchmark.chaos.victim.Postgres;
import dev.convergence.benchmark.chaos.work.Feeder;
import dev.convergence.benchmark.chaos.work.LedgerTables;
import dev.convergence.benchmark.chaos.work.Workload;
import dev.convergence.engine.Engine;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.loop.Waiter;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

/// One run: start everything, let the storm rage while jobs come in, heal, wait for the rest,
/// judge.
public final class Chaos {

    private static final int SLOTS = 24;
    private static final int NODE_CONNECTIONS = 12;
    private static final int OWN_CONNECTIONS = 8;
    private static final int SPARE_CONNECTIONS = 20;
    private static final double FEEDING_SHARE = 0.9;
    private static final Duration NODES_START_MAX = Duration.ofSeconds(60);
    private static final Duration STOP_MAX = Duration.ofSeconds(40);
    private static final Duration LOOK = Duration.ofMillis(200);

    private final ChaosSettings settings;
    private final Workload workload;
    private final PrintStream log;

    public Chaos(ChaosSettings settings, PrintStream log) {
        this.settings = settings;
        this.workload = new Workload(settings.seed(), settings.tenants());
        this.log = log;
    }

    public ChaosReport run() throws IOException, InterruptedException {
        logBeside();
        int connectionsMax =
                settings.nodes() * (NODE_CONNECTIONS + 2) + OWN_CONNECTIONS + SPARE_CONNECTIONS;
        try (Postgres postgres = Postgres.start(settings.folder(), connectionsMax);
                HikariDataSource source = source(postgres.url());
                Fleet fleet =
                        new Fleet(
                                settings.folder(),
                                postgres.url(),
                                settings.lease(),
                                SLOTS,
                                NODE_CONNECTIONS)) {
            Runtime.getRuntime().addShutdownHook(new Thread(fleet::close));
            return run(postgres, source, fleet);
        }
    }

    /// What libraries say of a database that goes away is no news here; it goes to a file.
    private void logBeside() {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        System.setProperty("org.slf4j.simpleLogger.showDateTime", "true");
        System.setProperty("org.slf4j.simpleLogger.dateTimeFormat", "HH:mm:ss.SSS");
        System.setProperty(
                "org.slf4j.simpleLogger.logFile",
                settings.folder().resolve("driver.log").toString());
    }

    private static HikariDataSource source(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(OWN_CONNECTIONS);
        config.setMinimumIdle(OWN_CONNECTIONS);
        config.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
        config.addDataSourceProperty("ApplicationName", "chaos-driver");
        config.addDataSourceProperty("currentSchema", "convergence");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        return new HikariDataSource(config);
    }

    private ChaosReport run(Postgres postgres, HikariDataSource source, Fleet fleet)
            throws IOException, InterruptedException {
        Jdbi jdbi = Jdbi.create(source).installPlugin(new PostgresPlugin());
        Engine.migrate(source);
        LedgerTables.create(jdbi);
        Engine engine = Engine.builder(source).slots(0).lease(settings.lease()).build();
        workload.tenants()
                .forEach(t -> engine.lanes().open(new TenantId(t.name()), t.limit(), t.weight()));
        fleet.grow(settings.nodes());
        List<String> dead = new ArrayList<>(awaitLives(jdbi, fleet));
        DatabaseTime time = DatabaseTime.read(jdbi);
        Duration feeding = Duration.ofMillis((long) (settings.storm().toMillis() * FEEDING_SHARE));
        Feeder feeder =
                new Feeder(jdbi, engine, workload, settings.jobs(), feeding, settings.seed());
        Storm storm =
                new Storm(
                        fleet,
                        postgres,
                        jdbi,
                        time,
                        settings.lease(),
                        settings.attacks(),
                        settings.seed(),
                        log);
        HeldSnapshot snapshot = new HeldSnapshot(postgres.url());
        try (Sampler sampler = new Sampler(jdbi)) {
            if (settings.attacks().contains(Attack.SNAPSHOT)) {
                snapshot.start();
            }
            sampler.start();
            feeder.start();
            log.println("the storm:");
            storm.rage(settings.storm());
            log.printf("  %5.1f s  it is over%n", time.since().toMillis() / 1000.0);
            dead.addAll(fleet.revive());
            feeder.hurry();
            boolean drained = drain(jdbi, feeder);
            Duration length = time.since();
            List<String> stuck = drained ? List.of() : where(jdbi);
            snapshot.close();
            List<String> left = dismiss(fleet);
            sampler.close();
            Judgement judgement = new Judge(jdbi, engine, workload).judge(storm, sampler);
            return ChaosReport.of(
                    settings,
                    fleet,
                    storm,
                    sampler,
                    snapshot,
                    feeder,
                    length,
                    Complaints.of(dead, stuck, left),
                    judgement);
        }
    }

    private static final String LIVES = "SELECT life FROM ledger.life";

    /// @return the nodes that died while they started; others were started in their place
    private static List<String> awaitLives(Jdbi jdbi, Fleet fleet)
            throws IOException, InterruptedException {
        List<String> dead = new ArrayList<>();
        long deadline = System.nanoTime() + NODES_START_MAX.toNanos();
        while (!jdbi.withHandle(h -> h.createQuery(LIVES).mapTo(String.class).list())
                .containsAll(fleet.present())) {
            if (System.nanoTime() > deadline) {
                throw new IOException("The nodes did not start; see their logs");
            }
            new Waiter().await(LOOK);
            dead.addAll(fleet.revive());
        }
        return dead;
    }

    private static final String LEFT =
            """
            SELECT (SELECT count(*) FROM ready) + (SELECT count(*) FROM deferred)
                 + (SELECT count(*) FROM parked) + (SELECT count(*) FROM lease)
            """;

    /// Waits until all jobs are put in and nothing is left of them.
    private boolean drain(Jdbi jdbi, Feeder feeder) throws InterruptedException {
        long deadline = System.nanoTime() + settings.drain().toNanos();
        while (System.nanoTime() < deadline) {
            if (feeder.isDone() && left(jdbi) == 0) {
                return true;
            }
            new Waiter().await(LOOK);
        }
        return false;
    }

    private static int left(Jdbi jdbi) {
        try {
            return jdbi.withHandle(handle -> handle.createQuery(LEFT).mapTo(int.class).one());
        } catch (RuntimeException away) {
            return Integer.MAX_VALUE;
        }
    }

    private static final String WHERE =
            """
            SELECT 'ready: ' || count(*) FROM ready
            UNION ALL SELECT 'deferred: ' || count(*) FROM deferred
            UNION ALL SELECT 'parked: ' || count(*) FROM parked
            UNION ALL SELECT 'lease: ' || count(*) FROM lease
            UNION ALL SELECT 'permit: ' || count(*) FROM permit
            UNION ALL SELECT 'node ' || node_id || ' silent for ' || (clock_timestamp() - heartbeat_at) FROM node
            UNION ALL SELECT 'lane ' || lane::text FROM lane
                      WHERE running > 0 OR EXISTS (SELECT 1 FROM ready WHERE ready.tenant_id = lane.tenant_id)
            UNION ALL SELECT 'lease ' || lease::text FROM lease
            UNION ALL SELECT 'session ' || application_name || ' ' || state || ' for '
                             || (clock_timestamp() - state_change) || ': ' || left(query, 100)
                      FROM pg_stat_activity WHERE xact_start < clock_timestamp() - interval '5 seconds'
            """;

    /// What is left and where, for whoever has to find out why.
    private static List<String> where(Jdbi jdbi) {
        return jdbi.withHandle(handle -> handle.createQuery(WHERE).mapTo(String.class).list());
    }

    /// @return the nodes that were asked to leave and did not leave well
    private List<String> dismiss(Fleet fleet) throws InterruptedException {
        for (int number = 0; number < fleet.size(); number++) {
            fleet.node(number).tell("stop");
        }
        List<String> left = new ArrayList<>();
        for (int number = 0; number < fleet.size(); number++) {
            if (!fleet.node(number).endsWell(STOP_MAX)) {
                left.add(fleet.node(number).life());
            }
        }
        return left;
    }
}
