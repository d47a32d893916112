package dev.convergence.steps.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.step.QualityCheck;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Rules that costs need: arithmetic, shares, days.
class CostRulesTest {

    private final Lab lab = new Lab();

    @AfterEach
    void close() throws SQLException {
        lab.close();
    }

    @Test
    void a_cost_is_its_price_times_its_quantity_to_within_a_share() throws SQLException {
        lab.table("DECIMAL(38,20)", "6", "6.0000001", "7", "NULL");
        lab.sql("ALTER TABLE t ADD COLUMN price DECIMAL(38,20) DEFAULT 2");
        lab.sql("ALTER TABLE t ADD COLUMN quantity DECIMAL(38,20) DEFAULT 3");

        QualityCheck check =
                lab.check(
                        "\"kind\": \"product_equals\", \"column\": \"v\", \"factors\": [\"price\", \"quantity\"], \"tolerance\": 0.000001");

        assertThat(check.failingKeys()).containsExactly("id=2");
        assertThat(check.rowsChecked()).isEqualTo(3);
    }

    @Test
    void a_share_is_of_amounts_whatever_their_sign() throws SQLException {
        lab.table("VARCHAR", "'Other'", "'Compute'", "NULL");
        lab.sql("ALTER TABLE t ADD COLUMN cost DECIMAL(38,20)");
        lab.sql("UPDATE t SET cost = CASE id WHEN 0 THEN -2 WHEN 1 THEN 5 ELSE 3 END");
        String share =
                "\"kind\": \"share_between\", \"column\": \"v\", \"values\": [\"Other\"], \"of\": \"cost\", \"max\": ";

        assertThat(lab.check(share + "0.2").passed()).isTrue();
        assertThat(lab.check(share + "0.19").actual()).isEqualTo("share 0.2");
        assertThat(lab.check(share + "0.19").passed()).isFalse();
    }

    @Test
    void a_day_without_a_row_is_a_gap() throws SQLException {
        lab.table("TIMESTAMP", "'2026-11-01 23:00:00'", "'2026-11-02'", "'2026-11-05 01:00:00'");
        String rule = "\"kind\": \"no_day_gap\", \"column\": \"v\"";

        assertThat(lab.check(rule).actual()).isEqualTo("2 days without a row");
        lab.sql("DELETE FROM t WHERE id = 2");
        assertThat(lab.check(rule).passed()).isTrue();
        lab.sql("DELETE FROM t");
        assertThat(lab.check(rule).passed()).isTrue();
    }
}
