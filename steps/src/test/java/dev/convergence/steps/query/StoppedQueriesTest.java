package dev.convergence.steps.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoppedQueriesTest {

    private static final String ENDLESS =
            "WITH RECURSIVE r AS (SELECT 1 AS a UNION ALL SELECT a + 1 FROM r) SELECT count(*) FROM"
                    + " r";

    private static final TenantQuery QUERY = limitedTo(Duration.ofSeconds(1));

    /// For queries that are answered: a busy machine needs its time.
    private static final TenantQuery PATIENT = limitedTo(Duration.ofSeconds(4));

    @TempDir private static Path directory;
    private static QueryFixture fixture;

    @BeforeAll
    static void write_two_data_sets() throws Exception {
        fixture = QueryFixture.in(directory);
    }

    @AfterAll
    static void stop() {
        QUERY.close();
        PATIENT.close();
    }

    private static TenantQuery limitedTo(Duration time) {
        return new TenantQuery(new QueryLimits(time, 128, 1_000_000, 2, 1, Duration.ofSeconds(60)));
    }

    @Test
    void a_query_without_end_is_stopped() {
        assertThat(refusalOf(ENDLESS).code()).isEqualTo(ErrorCode.QUERY_TIMEOUT);
        assertThat(
                        refusalOf(
                                        "SELECT count(*) FROM range(10000000) a, range(10000000) b"
                                                + " WHERE a.range + b.range = -1")
                                .code())
                .isEqualTo(ErrorCode.QUERY_TIMEOUT);
    }

    @Test
    void a_query_that_needs_too_much_memory_is_stopped() {
        assertThat(refusalOf("SELECT list(range) FROM range(200000000)").code())
                .isEqualTo(ErrorCode.QUERY_TIMEOUT);
        assertThat(refusalOf("SELECT range FROM range(100000000) ORDER BY hash(range)").code())
                .isEqualTo(ErrorCode.QUERY_TIMEOUT);
    }

    @Test
    void a_value_that_duckdb_does_not_count_is_stopped_with_its_process() {
        assertThat(refusalOf("SELECT range(1000000000)").code()).isEqualTo(ErrorCode.QUERY_TIMEOUT);
        assertThat(refusalOf("SELECT length(repeat('x', 2000000000))").code())
                .isEqualTo(ErrorCode.QUERY_TIMEOUT);
    }

    @Test
    void a_deeply_nested_query_is_refused_and_the_next_one_is_answered() {
        for (String open : new String[] {"(SELECT * FROM ", "("}) {
            String sql = "SELECT * FROM " + open.repeat(3_000) + "x" + ")".repeat(3_000);
            assertThat(refusalOf(sql).code())
                    .isIn(ErrorCode.INVALID_QUERY, ErrorCode.QUERY_TIMEOUT);
        }
        assertThat(PATIENT.run(fixture.acme(), "SELECT 1", 1).rows()).hasSize(1);
    }

    @Test
    void a_data_set_that_another_process_keeps_writing_is_busy_not_broken() throws Exception {
        Path file = directory.resolve("initech.duckdb");
        try (var writer = DriverManager.getConnection("jdbc:duckdb:" + file);
                var statement = writer.createStatement()) {
            statement.execute("CREATE TABLE t AS SELECT 1 AS x");
            EngineException refusal =
                    Objects.requireNonNull(
                            catchThrowableOfType(
                                    EngineException.class,
                                    () -> QUERY.run(file, "SELECT * FROM t", 10)));
            assertThat(refusal.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
            assertThat(refusal.getMessage()).doesNotContain(directory.toString());
        }
    }

    @Test
    void others_are_served_while_one_tenants_queries_run_too_long() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var endless =
                    List.of(
                            threads.submit(() -> refusalOf(PATIENT, ENDLESS)),
                            threads.submit(() -> refusalOf(PATIENT, ENDLESS)));
            assertThat(PATIENT.run(fixture.globex(), "SELECT * FROM focus_1_2", 10).rows())
                    .hasSize(7);
            for (var query : endless) {
                assertThat(query.get().code()).isEqualTo(ErrorCode.QUERY_TIMEOUT);
            }
        }
    }

    @Test
    void a_query_that_waits_too_long_for_its_turn_is_told_to_come_back() throws Exception {
        QueryLimits narrow =
                new QueryLimits(Duration.ofSeconds(2), 128, 1_000, 1, 1, Duration.ofMillis(10));
        try (TenantQuery one = new TenantQuery(narrow);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> one.run(fixture.acme(), ENDLESS, 1));
            var second = threads.submit(() -> one.run(fixture.acme(), ENDLESS, 1));
            assertThat(new ErrorCode[] {code(first), code(second)})
                    .containsExactlyInAnyOrder(
                            ErrorCode.QUERY_TIMEOUT, ErrorCode.SERVICE_UNAVAILABLE);
        }
    }

    private static ErrorCode code(java.util.concurrent.Future<?> query) {
        var failure =
                Objects.requireNonNull(
                        catchThrowableOfType(
                                java.util.concurrent.ExecutionException.class, query::get));
        return ((EngineException) Objects.requireNonNull(failure.getCause())).code();
    }

    private static EngineException refusalOf(String sql) {
        return refusalOf(QUERY, sql);
    }

    private static EngineException refusalOf(TenantQuery queries, String sql) {
        return Objects.requireNonNull(
                catchThrowableOfType(
                        EngineException.class, () -> queries.run(fixture.acme(), sql, 10)));
    }
}
