package dev.convergence.steps.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.step.DateWindow;
import dev.convergence.engine.step.QualityCheck;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExpectationsTest {

    private final Lab lab = new Lab();

    @AfterEach
    void close() throws SQLException {
        lab.close();
    }

    @Test
    void not_null_counts_and_names_the_rows_without_a_value() throws SQLException {
        lab.table("VARCHAR", "'a'", "NULL", "'b'", "NULL");

        QualityCheck check = lab.check("\"kind\": \"not_null\", \"column\": \"v\"");

        assertThat(check.passed()).isFalse();
        assertThat(check.rowsChecked()).isEqualTo(4);
        assertThat(check.rowsFailed()).isEqualTo(2);
        assertThat(check.failingKeys()).containsExactly("id=1", "id=3");
        assertThat(check.column()).isEqualTo("v");
    }

    @Test
    void mostly_is_exact_at_its_boundary() throws SQLException {
        lab.table("VARCHAR", "'a'", "'a'", "'a'", "'a'", "'a'", "'a'", "'a'", "'a'", "'a'", "NULL");

        assertThat(mostlyNotNull("0.9").passed()).isTrue();
        assertThat(mostlyNotNull("0.9").rowsFailed()).isEqualTo(1);
        assertThat(mostlyNotNull("0.9").failingKeys()).containsExactly("id=9");
        assertThat(mostlyNotNull("0.90001").passed()).isFalse();
    }

    private QualityCheck mostlyNotNull(String share) throws SQLException {
        return lab.check("\"kind\": \"not_null\", \"column\": \"v\", \"mostly\": " + share);
    }

    @Test
    void rules_of_values_do_not_look_at_rows_without_one() throws SQLException {
        lab.table("VARCHAR", "'USD'", "NULL", "'usd'");

        QualityCheck check =
                lab.check(
                        "\"kind\": \"in_set\", \"column\": \"v\", \"values\": [\"USD\", \"EUR\"]");

        assertThat(check.rowsChecked()).isEqualTo(2);
        assertThat(check.failingKeys()).containsExactly("id=2");
    }

    @Test
    void no_more_than_twenty_failing_keys_are_kept() throws SQLException {
        lab.table("INTEGER", IntStream.range(0, 30).mapToObj(i -> "-1").toArray(String[]::new));

        QualityCheck check = lab.check("\"kind\": \"between\", \"column\": \"v\", \"min\": 0");

        assertThat(check.rowsFailed()).isEqualTo(30);
        assertThat(check.failingKeys()).hasSize(20);
    }

    @Test
    void is_null_and_not_in_set_find_what_should_not_be_there() throws SQLException {
        lab.table("VARCHAR", "NULL", "''", "'NULL'", "'x'");

        assertThat(lab.check("\"kind\": \"is_null\", \"column\": \"v\"").rowsFailed()).isEqualTo(3);
        assertThat(
                        lab.check(
                                        "\"kind\": \"not_in_set\", \"column\": \"v\", \"values\": [\"\", \"NULL\"]")
                                .failingKeys())
                .containsExactly("id=1", "id=2");
    }

    @Test
    void between_holds_at_both_ends_and_to_the_twentieth_decimal() throws SQLException {
        lab.table(
                "DECIMAL(38,20)",
                "0",
                "100",
                "100.00000000000000000001",
                "-0.00000000000000000001");

        QualityCheck check =
                lab.check("\"kind\": \"between\", \"column\": \"v\", \"min\": 0, \"max\": 100");

        assertThat(check.failingKeys()).containsExactly("id=2", "id=3");
        assertThat(check.expected()).isEqualTo("0 to 100");
    }

    @Test
    void a_text_that_is_no_number_is_outside_every_range() throws SQLException {
        lab.table("VARCHAR", "'1.5'", "'n/a'", "'7'");

        QualityCheck check =
                lab.check("\"kind\": \"between\", \"column\": \"v\", \"min\": 0, \"max\": 5");

        assertThat(check.failingKeys()).containsExactly("id=1", "id=2");
    }

    @Test
    void matches_regex_wants_all_of_the_value() throws SQLException {
        lab.table("VARCHAR", "'ABCDEF-012345'", "'xABCDEF-012345'", "'ABCDEF-01234'");

        QualityCheck check =
                lab.check(
                        "\"kind\": \"matches_regex\", \"column\": \"v\", \"regex\": \"[A-F]{6}-[0-9]{6}\"");

        assertThat(check.failingKeys()).containsExactly("id=1", "id=2");
    }

    @Test
    void length_equal_counts_characters() throws SQLException {
        lab.table("VARCHAR", "'202611'", "'2026-1'", "'20261'");

        QualityCheck check =
                lab.check("\"kind\": \"length_equal\", \"column\": \"v\", \"length\": 6");

        assertThat(check.failingKeys()).containsExactly("id=2");
    }

    @Test
    void pairs_may_be_equal_unless_the_rule_is_strict() throws SQLException {
        lab.table("INTEGER", "0", "1", "1", "NULL");

        String pair = "\"kind\": \"pair_greater_equal\", \"column\": \"v\", \"other\": \"id\"";

        assertThat(lab.check(pair).failingKeys()).containsExactly("id=2");
        assertThat(lab.check(pair + ", \"strict\": true").rowsFailed()).isEqualTo(3);
        assertThat(lab.check(pair).rowsChecked()).isEqualTo(3);
    }

    @Test
    void a_condition_limits_the_rows_that_a_rule_is_about() throws SQLException {
        lab.table("INTEGER", "-1", "-1", "-1");
        lab.sql("ALTER TABLE t ADD COLUMN kind VARCHAR");
        lab.sql("UPDATE t SET kind = CASE id WHEN 0 THEN 'Usage' WHEN 1 THEN 'Tax' END");
        String rule = "\"kind\": \"between\", \"column\": \"v\", \"min\": 0, \"when\": ";

        assertThat(lab.check(rule + "{\"kind\": [\"Usage\"]}").failingKeys())
                .containsExactly("id=0");
        assertThat(lab.check(rule + "{\"kind\": \"not_null\"}").rowsFailed()).isEqualTo(2);
        assertThat(lab.check(rule + "{\"kind\": \"is_null\"}").failingKeys())
                .containsExactly("id=2");
    }

    @Test
    void the_row_count_speaks_about_an_empty_table_and_shares_are_silent() throws SQLException {
        lab.table("INTEGER");

        assertThat(lab.check("\"kind\": \"row_count_between\", \"min\": 1").passed()).isFalse();
        assertThat(lab.check("\"kind\": \"row_count_between\", \"min\": 0, \"max\": 5").passed())
                .isTrue();
        assertThat(lab.check("\"kind\": \"not_null\", \"column\": \"v\"").passed()).isTrue();
        assertThat(lab.check("\"kind\": \"mean_between\", \"column\": \"v\", \"min\": 5").passed())
                .isTrue();
        assertThat(
                        lab.check("\"kind\": \"median_between\", \"column\": \"v\", \"min\": 5")
                                .passed())
                .isTrue();
        assertThat(lab.check("\"kind\": \"unique\", \"columns\": [\"v\"]").passed()).isTrue();
        assertThat(
                        lab.check(
                                        "\"kind\": \"freshness\", \"column\": \"v\", \"max_age\": \"PT1H\"")
                                .passed())
                .isTrue();
    }

    @Test
    void columns_match_names_what_is_missing_and_what_is_too_much() throws SQLException {
        lab.table("INTEGER");
        lab.sql("ALTER TABLE t ADD COLUMN x_own VARCHAR");

        assertThat(
                        lab.check(
                                        "\"kind\": \"columns_match\", \"columns\": [\"ID\", \"v\"], \"exact\": true")
                                .passed())
                .isTrue();
        assertThat(lab.check("\"kind\": \"columns_match\", \"columns\": [\"id\"]").passed())
                .isTrue();
        assertThat(
                        lab.check(
                                        "\"kind\": \"columns_match\", \"columns\": [\"id\", \"w\"], \"exact\": true")
                                .actual())
                .isEqualTo("missing [w], unexpected [v]");
    }

    @Test
    void mean_median_and_quantiles_are_exact_decimals() throws SQLException {
        lab.table("DECIMAL(38,20)", "0.1", "0.2", "0.3", "10", "NULL");

        QualityCheck mean =
                lab.check("\"kind\": \"mean_between\", \"column\": \"v\", \"max\": 2.65");
        QualityCheck median =
                lab.check("\"kind\": \"median_between\", \"column\": \"v\", \"max\": 0.2");
        QualityCheck quantiles =
                lab.check(
                        "\"kind\": \"quantiles_between\", \"column\": \"v\", \"quantiles\": [{\"at\": 0, \"min\": 0}, {\"at\": 1, \"max\": 9.99}]");

        assertThat(mean.actual()).startsWith("mean 2.65");
        assertThat(mean.passed()).isTrue();
        assertThat(median.passed()).isTrue();
        assertThat(quantiles.passed()).isFalse();
        assertThat(
                        lab.check("\"kind\": \"mean_between\", \"column\": \"v\", \"max\": 2.6499")
                                .passed())
                .isFalse();
    }

    @Test
    void unique_counts_surplus_rows_and_nulls_are_equal() throws SQLException {
        lab.table("VARCHAR", "'a'", "'a'", "'a'", "'b'", "NULL", "NULL");

        QualityCheck check = lab.check("\"kind\": \"unique\", \"columns\": [\"v\"]");

        assertThat(check.rowsFailed()).isEqualTo(3);
        assertThat(check.failingKeys()).containsExactly("v=a", "v=null");
        assertThat(lab.check("\"kind\": \"unique\", \"columns\": [\"v\", \"id\"]").passed())
                .isTrue();
    }

    @Test
    void constant_within_finds_a_second_value_in_a_group() throws SQLException {
        lab.sql(
                "CREATE TABLE t AS SELECT * FROM (VALUES (1, 'USD'), (1, 'USD'), (2, 'USD'), (2, 'EUR')) AS r(id, v)");

        QualityCheck check =
                lab.check("\"kind\": \"constant_within\", \"column\": \"v\", \"within\": [\"id\"]");

        assertThat(check.rowsFailed()).isEqualTo(1);
        assertThat(check.failingKeys()).containsExactly("id=2");
    }

    @Test
    void freshness_counts_from_the_run_or_from_the_end_of_the_days_that_were_asked()
            throws SQLException {
        lab.table(
                "TIMESTAMP", "TIMESTAMP '2026-11-20 12:00:00'", "TIMESTAMP '2026-11-01 00:00:00'");
        String rule = "\"kind\": \"freshness\", \"column\": \"v\", \"max_age\": ";
        DateWindow asked =
                new DateWindow(LocalDate.of(2026, 11, 20), LocalDate.of(2026, 11, 20), true);

        assertThat(lab.check(rule + "\"PT48H\"").passed()).isTrue();
        assertThat(lab.check(rule + "\"PT47H59M59S\"").passed()).isFalse();
        assertThat(lab.check(rule + "\"PT12H\"", asked).passed()).isTrue();
        assertThat(lab.check(rule + "\"PT48H\"").actual())
                .isEqualTo("newest is 2026-11-20T12:00:00Z");
    }

    @Test
    void freshness_of_the_days_counts_from_their_end_and_asks_only_the_rows_it_is_about()
            throws SQLException {
        lab.table(
                "TIMESTAMP", "TIMESTAMP '2026-11-21 21:30:00'", "TIMESTAMP '2026-11-22 00:00:00'");
        String rule = "\"kind\": \"freshness\", \"column\": \"v\", \"of_window\": true, ";
        String first = rule + "\"when\": {\"id\": [\"0\"]}, ";
        DateWindow today =
                new DateWindow(LocalDate.of(2026, 11, 22), LocalDate.of(2026, 11, 22), true);

        assertThat(lab.check(rule + "\"max_age\": \"PT0S\"").passed()).isTrue();
        assertThat(lab.check(rule + "\"max_age\": \"PT11H\"", today).passed()).isFalse();
        assertThat(lab.check(rule + "\"max_age\": \"PT12H\"", today).passed()).isTrue();
        assertThat(lab.check(first + "\"max_age\": \"PT2H\"").passed()).isFalse();
        assertThat(lab.check(first + "\"max_age\": \"PT2H30M\"").passed()).isTrue();
        assertThat(lab.check(rule + "\"when\": {\"id\": [\"7\"]}, \"max_age\": \"PT0S\"").passed())
                .isTrue();
    }

    @Test
    void rows_and_cost_are_reconciled_with_the_totals_of_the_source() throws SQLException {
        lab.table("DECIMAL(38,20)", "0.1", "0.2", "-0.00000000000000000001");
        totals("('raw_a', 1, 0.1), ('raw_b', 2, 0.19999999999999999999)");

        assertThat(lab.check("\"kind\": \"reconciliation\"").passed()).isTrue();
        assertThat(lab.check("\"kind\": \"sum_equals\", \"column\": \"v\"").passed()).isTrue();

        totals("('t', 4, 0.3), ('other', 2, 0.2)");

        assertThat(lab.check("\"kind\": \"reconciliation\"").actual())
                .isEqualTo("3 rows staged of 4 in the source");
        assertThat(lab.check("\"kind\": \"reconciliation\"").rowsFailed()).isEqualTo(1);
        assertThat(lab.check("\"kind\": \"sum_equals\", \"column\": \"v\"").actual())
                .isEqualTo("0.29999999999999999999 staged, the source bills 0.3");
        assertThat(
                        lab.check(
                                        "\"kind\": \"sum_equals\", \"column\": \"v\", \"tolerance\": 0.01")
                                .passed())
                .isTrue();
    }

    private void totals(String rows) throws SQLException {
        lab.sql(
                "CREATE OR REPLACE TABLE load_source_totals (table_name VARCHAR, source_rows BIGINT, source_cost DECIMAL(38,20))");
        lab.sql("INSERT INTO load_source_totals VALUES " + rows);
    }

    @Test
    void without_totals_nothing_counts_as_reconciled() throws SQLException {
        lab.table("INTEGER", "1");

        assertThat(lab.check("\"kind\": \"reconciliation\"").passed()).isFalse();
        assertThat(lab.check("\"kind\": \"sum_equals\", \"column\": \"v\"").passed()).isFalse();
    }

    @Test
    void a_rule_about_a_column_that_is_not_there_is_broken() throws SQLException {
        lab.table("INTEGER", "1");

        QualityCheck check = lab.check("\"kind\": \"not_null\", \"column\": \"w\"");

        assertThat(check.passed()).isFalse();
        assertThat(check.actual()).isEqualTo("the table has no column w");
    }

    @Test
    void values_are_bound_not_pasted() throws SQLException {
        lab.table("VARCHAR", "'a''b'", "'c'");

        QualityCheck check =
                lab.check(
                        "\"kind\": \"in_set\", \"column\": \"v\", \"values\": [\"a'b\", \"') OR true --\"]");

        assertThat(check.failingKeys()).containsExactly("id=1");
    }
}
