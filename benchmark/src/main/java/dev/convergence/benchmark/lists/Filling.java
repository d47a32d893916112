package dev.convergence.benchmark.lists;

import dev.convergence.benchmark.engine.server.Facts;
import dev.convergence.engine.Audit;
import dev.convergence.engine.recovery.Partitions;
import dev.convergence.engine.sql.Database;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/// Puts a history into a server's empty tables, as the server itself would have written it.
final class Filling {

    private static final int DAYS_AHEAD = 7;
    private static final int WORK_MEM_MB = 64;

    private final PGSimpleDataSource source = new PGSimpleDataSource();
    private final PrintStream progress;

    Filling(String url, PrintStream progress) {
        source.setUrl(url);
        source.setCurrentSchema("convergence");
        this.progress = progress;
    }

    private static final String IS_THERE = "SELECT count(*) FROM tenant";

    boolean isThere() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(IS_THERE)) {
            row.next();
            return row.getLong(1) > 0;
        }
    }

    /// What the server's PostgreSQL is set to.
    Map<String, String> facts() throws SQLException {
        try (Connection connection = source.getConnection()) {
            return Facts.of(connection);
        }
    }

    /// @return what the books say against it; nothing, when all is well
    List<String> fill(Scale scale, Instant now) throws SQLException {
        makePartitions(scale, now);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET work_mem = '" + WORK_MEM_MB + "MB'");
            run(statement, "helpers", Helpers.sql(scale, now));
            for (FillTenants step : FillTenants.values()) {
                run(statement, step.name(), step.sql(scale));
            }
            for (FillWork step : FillWork.values()) {
                run(statement, step.name(), step.sql(scale));
            }
            for (FillTold step : FillTold.values()) {
                run(statement, step.name(), step.sql(scale));
            }
            run(statement, "vacuum", "VACUUM (ANALYZE)");
            run(statement, "checkpoint", "CHECKPOINT");
        }
        return new ArrayList<>(Audit.violations(new Database(source)));
    }

    /// A server makes those of the coming days only.
    private void makePartitions(Scale scale, Instant now) {
        Partitions partitions = new Partitions(new Database(source), Duration.ofSeconds(30));
        for (int back = scale.days() + 1; back > 0; back -= DAYS_AHEAD) {
            partitions.make(now.minus(Duration.ofDays(back)));
        }
    }

    private void run(Statement statement, String name, String sql) throws SQLException {
        long began = System.nanoTime();
        statement.execute(sql);
        progress.printf(
                "filled %s: %.1f s%n",
                name.toLowerCase(Locale.ROOT), 1e-9 * (System.nanoTime() - began));
    }
}
