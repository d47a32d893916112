package dev.convergence.steps.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.warehouse.Warehouse;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class AnsweredQueriesTest {

    static final List<String> GOOD =
            List.of(
                    "SELECT 1",
                    "SELECT 1;",
                    "select 1 -- a comment",
                    "/* first */ SELECT /* second */ 1",
                    "FROM focus_1_2",
                    "TABLE focus_1_2",
                    "VALUES (1, 'a'), (2, 'b')",
                    "SELECT * FROM main.focus_cost_usage",
                    "SELECT * FROM acme_corp.focus_cost_usage",
                    "SELECT * FROM ACME_CORP.main.Focus_Cost_Usage",
                    "SELECT ServiceName, sum(BilledCost) FROM focus_cost_usage GROUP BY ALL"
                            + " HAVING sum(BilledCost) > 0 ORDER BY 2 DESC NULLS LAST LIMIT 5",
                    "SELECT DISTINCT ON (ServiceName) * EXCLUDE (BilledCost) FROM focus_cost_usage",
                    "SELECT ServiceName, count(*) FILTER (WHERE BilledCost > 10) FROM"
                            + " focus_cost_usage GROUP BY GROUPING SETS ((ServiceName), ())",
                    "SELECT *, row_number() OVER (PARTITION BY ServiceName ORDER BY BilledCost)"
                            + " FROM focus_cost_usage QUALIFY row_number() OVER () < 3",
                    "SELECT sum(BilledCost) OVER w, lag(BilledCost, 1, 0) OVER w FROM"
                            + " focus_cost_usage WINDOW w AS (ORDER BY ChargePeriodStart ROWS"
                            + " BETWEEN 3 PRECEDING AND CURRENT ROW)",
                    "WITH a AS (SELECT 1 AS x), b AS MATERIALIZED (SELECT x + 1 AS x FROM a) SELECT"
                            + " * FROM a UNION ALL SELECT * FROM b",
                    "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 5)"
                            + " SELECT * FROM r",
                    "WITH tables AS (SELECT 1) SELECT * FROM tables",
                    "SELECT 1 EXCEPT SELECT 2",
                    "SELECT 1 INTERSECT SELECT 1",
                    "SELECT * FROM focus_1_2 a LEFT JOIN focus_1_2 b USING (ServiceName) WHERE"
                            + " a.BilledCost < 2 AND b.BilledCost < 9",
                    "SELECT * FROM focus_1_2 ASOF JOIN focus_cost_usage USING (ServiceName,"
                            + " BilledCost)",
                    "SELECT * FROM focus_1_2, LATERAL (SELECT 1)",
                    "SELECT * FROM focus_1_2 a POSITIONAL JOIN focus_1_2 b",
                    "SELECT * FROM range(5)",
                    "SELECT * FROM generate_series(1, 5) t(i)",
                    "SELECT unnest([1, 2, 3])",
                    "SELECT * FROM unnest([1, 2, 3])",
                    "SELECT date_trunc('month', ChargePeriodStart), now(), current_date FROM"
                            + " focus_cost_usage",
                    "SELECT CASE WHEN 1 IN (1, 2) AND NOT 2 BETWEEN 3 AND 4 THEN 'a' END",
                    "SELECT 'a' LIKE 'a%', 'a' ILIKE 'A', 'a' SIMILAR TO 'a', 'a' NOT LIKE 'b'",
                    "SELECT coalesce(NULL, 1), nullif(1, 1), ifnull(NULL, 2), try_cast('x' AS INT)",
                    "SELECT list_transform([1, 2], lambda x: x + 1), [x * 2 FOR x IN [1, 2]]",
                    "SELECT {'a': 1}.a, [1, 2][1], [1, 2, 3][1:2], MAP {'k': 1}['k']",
                    "SELECT '{\"a\": {\"b\": 1}}'::JSON -> 'a' ->> 'b'",
                    "SELECT extract(year FROM DATE '2026-01-01'), DATE '2026-01-01' + INTERVAL 1"
                            + " DAY",
                    "SELECT COLUMNS('Bill.*') FROM focus_cost_usage",
                    "SELECT 1 WHERE EXISTS (SELECT 1) AND 1 = ANY (SELECT 1)",
                    "SELECT ServiceName COLLATE NOCASE FROM focus_1_2",
                    "SELECT * FROM focus_1_2 USING SAMPLE 10 ROWS",
                    "SELECT quantile_cont(BilledCost, 0.5), string_agg(DISTINCT ServiceName, ','"
                            + " ORDER BY ServiceName) FROM focus_1_2",
                    "UNPIVOT (SELECT 1 AS a, 2 AS b) ON a, b INTO NAME n VALUE v",
                    "SELECT #1 FROM focus_1_2",
                    "SELECT position('a' IN 'ba'), substring('abc' FROM 2), trim(' a '), 1 / 2.0, 7"
                            + " // 2, 2 ** 3, -1, 5 % 2, 1 <> 2, NULL IS DISTINCT FROM 1",
                    "SELECT regexp_replace('abc', 'b', 'x'), md5('a'), printf('%d', 1), 'a' || 'b'");

    private static final TenantQuery QUERY = new TenantQuery();
    @TempDir private static Path directory;
    private static QueryFixture fixture;

    @BeforeAll
    static void write_two_data_sets() throws Exception {
        fixture = QueryFixture.in(directory);
    }

    @AfterAll
    static void stop() {
        QUERY.close();
    }

    @ParameterizedTest
    @FieldSource("GOOD")
    void a_select_is_answered(String sql) {
        assertThat(ask(sql, 100).rows()).isNotEmpty();
    }

    @Test
    void what_another_process_has_written_is_seen_at_once() throws Exception {
        Path file = directory.resolve("initech.duckdb");
        try (var writer = DriverManager.getConnection("jdbc:duckdb:" + file);
                var statement = writer.createStatement()) {
            statement.execute("CREATE TABLE t AS SELECT 1 AS x");
        }
        assertThat(QUERY.run(file, "SELECT * FROM t", 10).rows()).hasSize(1);
        try (var writer = DriverManager.getConnection("jdbc:duckdb:" + file);
                var statement = writer.createStatement()) {
            statement.execute("INSERT INTO t VALUES (2)");
        }
        assertThat(QUERY.run(file, "SELECT * FROM t", 10).rows()).hasSize(2);
    }

    @Test
    void rows_beyond_the_limit_are_cut_and_said_so() {
        Warehouse.QueryResult cut = ask("SELECT * FROM focus_cost_usage", 10);
        assertThat(cut.rows()).hasSize(10);
        assertThat(cut.truncated()).isTrue();
        assertThat(ask("SELECT * FROM range(10)", 10).truncated()).isFalse();
    }

    @Test
    void an_answer_that_is_too_large_is_cut() {
        Warehouse.QueryResult cut = ask("SELECT repeat('x', 1000000) FROM range(100)", 100);
        assertThat(cut.rows()).hasSize(15);
        assertThat(cut.truncated()).isTrue();
    }

    @Test
    void money_keeps_every_digit() {
        Warehouse.QueryResult sum =
                ask(
                        "SELECT sum(BilledCost) AS total, 170141183460469231731687303715884105727"
                                + " FROM focus_cost_usage",
                        1);
        assertThat(sum.rows().getFirst())
                .containsExactly(
                        new BigDecimal("199990000.00000000000000020000"),
                        new BigInteger("170141183460469231731687303715884105727"));
        assertThat(sum.columns().getFirst())
                .isEqualTo(new Warehouse.Column("total", "DECIMAL(38,20)"));
    }

    @Test
    void times_are_utc_and_other_values_are_as_json_can_hold_them() {
        List<?> row =
                ask(
                                """
                                SELECT TIMESTAMPTZ '2026-03-01 00:00:00+02', TIMESTAMP '2026-03-01 01:02:03.5',
                                       DATE '2026-03-01', 'a'::BLOB, 'nan'::DOUBLE, '-inf'::DOUBLE,
                                       [1, NULL], {'a': {'b': DATE '2026-01-01'}}, MAP {1: 'x'},
                                       '{"z": [1.10]}'::JSON, NULL, true, 'infinity'::TIMESTAMP
                                """,
                                1)
                        .rows()
                        .getFirst();
        assertThat(row.subList(0, 6))
                .isEqualTo(
                        List.of(
                                "2026-02-28T22:00:00Z",
                                "2026-03-01T01:02:03.5Z",
                                "2026-03-01",
                                "YQ==",
                                "NaN",
                                "-Infinity"));
        assertThat(row.get(6)).asString().isEqualTo("[1, null]");
        assertThat(row.get(7)).isEqualTo(Map.of("a", Map.of("b", "2026-01-01")));
        assertThat(row.get(8)).isEqualTo(Map.of("1", "x"));
        assertThat(row.get(9)).isEqualTo(Map.of("z", List.of(new BigDecimal("1.10"))));
        assertThat(row.get(10)).isNull();
        assertThat(row.get(11)).isEqualTo(true);
        assertThat(row.get(12)).isEqualTo("infinity");
    }

    private static Warehouse.QueryResult ask(String sql, int limit) {
        return QUERY.run(fixture.acme(), sql, limit);
    }
}
