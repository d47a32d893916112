package dev.convergence.benchmark.chaos.node;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.convergence.benchmark.chaos.work.Plan;
import dev.convergence.benchmark.chaos.work.Pool;
import dev.convergence.engine.Engine;
import dev.convergence.engine.EngineBuilder;
import dev.convergence.engine.loop.Waiter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A node's process: embeds the engine as any program would, and does what it is told on its
/// standard input.
public final class ChaosNode {

    /// What the names of the engine's connections begin with, for those who cut them off.
    public static final String ENGINE_CONNECTIONS = "chaos-engine-";

    private static final Logger LOG = LoggerFactory.getLogger(ChaosNode.class);
    private static final Duration STOP_MAX = Duration.ofSeconds(25);
    private static final Duration ANY_CONNECTION = Duration.ofSeconds(5);
    private static final int LEFT_RUNNING = 3;

    private ChaosNode() {}

    public static void main(String[] arguments) throws Exception {
        LifeSettings settings = LifeSettings.of(arguments);
        Ledger ledger =
                new Ledger(Jdbi.create(pool(settings, "chaos-ledger-", 2)), settings.life());
        HikariDataSource source = pool(settings, ENGINE_CONNECTIONS, settings.connections());
        Engine engine = engine(settings, source, ledger);
        engine.start();
        ledger.live(InstantSource.system().instant());
        obey(engine, source);
    }

    private static Engine engine(LifeSettings settings, HikariDataSource source, Ledger ledger) {
        EngineBuilder builder =
                Engine.builder(source).slots(settings.slots()).lease(settings.lease());
        for (Plan plan : Plan.values()) {
            builder.handler(plan.jobType(), new PlannedWork(plan, ledger));
        }
        for (Pool pool : Pool.values()) {
            builder.pool(pool.word(), pool.capacity());
        }
        return builder.build();
    }

    private static HikariDataSource pool(LifeSettings settings, String name, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(settings.url());
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(ANY_CONNECTION.toMillis());
        config.addDataSourceProperty("ApplicationName", name + settings.life());
        config.addDataSourceProperty("currentSchema", "convergence");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        return new HikariDataSource(config);
    }

    /// Reads commands until the input ends: then the harness is gone, and so is the node.
    private static void obey(Engine engine, HikariDataSource source)
            throws IOException, InterruptedException {
        BufferedReader commands =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ", 2);
            switch (words[0]) {
                case "exhaust" -> exhaust(source, Duration.ofMillis(Long.parseLong(words[1])));
                case "stop" -> System.exit(engine.stop(STOP_MAX) ? 0 : LEFT_RUNNING);
                default -> LOG.error("Nobody knows what '{}' is", line);
            }
        }
        System.exit(1);
    }

    /// Takes every connection of the pool that the engine lives on, and keeps them for a while.
    private static void exhaust(HikariDataSource source, Duration howLong)
            throws InterruptedException {
        List<Connection> taken = new ArrayList<>();
        try {
            for (int i = 0; i < source.getMaximumPoolSize(); i++) {
                taken.add(source.getConnection());
            }
        } catch (SQLException notAll) {
            LOG.warn("{} connections were taken, then: {}", taken.size(), notAll.getMessage());
        }
        new Waiter().await(howLong);
        taken.forEach(ChaosNode::giveBack);
    }

    private static void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException gone) {
            LOG.warn("A taken connection was cut off meanwhile: {}", gone.getMessage());
        }
    }
}
