package dev.convergence.service.http.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.sql.Database;
import dev.convergence.testkit.TestPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class VacuumWatchTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final DataSource source = TestPostgres.dataSource(TestPostgres.freshDatabase());
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final VacuumWatch watch = new VacuumWatch(new Database(source), registry);

    @Test
    void a_snapshot_that_was_seen_for_five_minutes_is_warned_of_until_it_is_gone()
            throws SQLException {
        try (Connection reader = source.getConnection();
                Statement query = reader.createStatement()) {
            reader.setAutoCommit(false);
            reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            query.execute("SELECT count(*) FROM pg_class");

            watch.runOnce(NOON);
            assertThat(watch.warning()).isEmpty();
            watch.runOnce(NOON.plus(Duration.ofMinutes(7)));
            assertThat(watch.warning())
                    .contains(
                            "Dead rows cannot be removed: a session has held a snapshot for 7 minutes.");
            assertThat(seconds()).isEqualTo(420);
            reader.rollback();
        }
        watch.runOnce(NOON.plus(Duration.ofMinutes(8)));
        assertThat(watch.warning()).isEmpty();
        assertThat(seconds()).isZero();
    }

    @Test
    void another_snapshot_begins_anew() throws SQLException {
        for (int minute = 0; minute < 10; minute += 4) {
            try (Connection reader = source.getConnection();
                    Statement query = reader.createStatement()) {
                reader.setAutoCommit(false);
                query.execute("CREATE TABLE report_" + minute + " (n integer)");
                watch.runOnce(NOON.plus(Duration.ofMinutes(minute)));
                assertThat(seconds()).isZero();
                reader.commit();
            }
        }
    }

    @Test
    void dead_rows_are_counted_for_each_table() throws SQLException {
        try (Connection owner = source.getConnection();
                Statement statement = owner.createStatement()) {
            statement.execute("CREATE TABLE hot (n integer)");
        }

        watch.runOnce(NOON);

        assertThat(registry.get("database_dead_rows").tag("table", "hot").gauge().value()).isZero();
    }

    private double seconds() {
        return registry.get("database_oldest_snapshot_seconds").gauge().value();
    }
}
