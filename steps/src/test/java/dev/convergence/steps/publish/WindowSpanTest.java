package dev.convergence.steps.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.steps.SwitchedOff;
import dev.convergence.steps.duckdb.Session;
import dev.convergence.steps.focus.FocusTable;
import dev.convergence.steps.source.LoadKey;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Only the part of a table is read in which a load's windows can be.
class WindowSpanTest {

    private static final LoadKey MONTHS = new LoadKey("account", "day", "month", "cost");
    private static final LoadKey DAYS = LoadKey.ofDays("account", "usage_date", "cost");

    private Session session;

    @BeforeEach
    void open() throws SQLException {
        session = new Session(DriverManager.getConnection("jdbc:duckdb:"), SwitchedOff.never());
        session.execute(
                "CREATE TABLE load_windows (table_name VARCHAR, period VARCHAR, first_day DATE, last_day DATE)");
    }

    @AfterEach
    void close() throws SQLException {
        session.close();
    }

    private String near(String table, LoadKey key) throws SQLException {
        return WindowSpan.of(session, table).near(table, key);
    }

    private void window(String table, String values) throws SQLException {
        session.execute("INSERT INTO load_windows VALUES ('%s', %s)".formatted(table, values));
    }

    @Test
    void windows_of_months_reach_from_the_first_to_the_last() throws SQLException {
        window("bill", "'202609', NULL, NULL");
        window("bill", "'202611', NULL, NULL");
        window("other", "'201901', NULL, NULL");

        assertThat(near("bill", MONTHS)).isEqualTo("(month) BETWEEN '202609' AND '202611'");
    }

    @Test
    void windows_of_days_reach_from_the_first_to_the_last() throws SQLException {
        window("usage", "NULL, DATE '2026-11-03', DATE '2026-11-05'");
        window("usage", "NULL, DATE '2026-11-01', DATE '2026-11-01'");

        assertThat(near("usage", DAYS))
                .isEqualTo("(usage_date) BETWEEN DATE '2026-11-01' AND DATE '2026-11-05'");
        assertThat(WindowSpan.of(session, "usage").near(FocusTable.NAME, FocusTable.KEY))
                .contains("t.ChargePeriodStart >= DATE '2026-11-01'");
    }

    @Test
    void windows_of_both_kinds_may_be_anywhere_and_none_are_nowhere() throws SQLException {
        window("bill", "'202609', NULL, NULL");
        window("bill", "NULL, DATE '2026-11-03', DATE '2026-11-05'");

        assertThat(near("bill", MONTHS)).isEqualTo("true");
        assertThat(near("unknown", MONTHS)).isEqualTo("false");
    }

    @Test
    void a_period_that_is_no_month_narrows_nothing() throws SQLException {
        window("bill", "'2026-11'' OR true --', NULL, NULL");

        assertThat(near("bill", MONTHS)).isEqualTo("true");
    }
}
