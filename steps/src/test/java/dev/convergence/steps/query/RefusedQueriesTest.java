package dev.convergence.steps.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class RefusedQueriesTest {

    static final List<String> STATEMENTS =
            List.of(
                    "INSERT INTO focus_cost_usage SELECT * FROM focus_cost_usage",
                    "UPDATE focus_cost_usage SET BilledCost = 0",
                    "DELETE FROM focus_cost_usage",
                    "TRUNCATE focus_cost_usage",
                    "DROP TABLE focus_cost_usage",
                    "ALTER TABLE focus_cost_usage ADD COLUMN x INT",
                    "CREATE TABLE x AS SELECT 1",
                    "CREATE TEMP TABLE x AS SELECT 1",
                    "CREATE VIEW x AS SELECT 1",
                    "CREATE MACRO m() AS 1",
                    "CREATE SECRET (TYPE s3)",
                    "COPY focus_cost_usage TO '{dir}/out.csv'",
                    "COPY (SELECT 1) TO '{dir}/out.csv'",
                    "EXPORT DATABASE '{dir}/out'",
                    "IMPORT DATABASE '{dir}/out'",
                    "ATTACH '{dir}/globex.duckdb' AS g",
                    "ATTACH ':memory:' AS g",
                    "DETACH acme_corp",
                    "USE memory",
                    "PRAGMA version",
                    "PRAGMA database_list",
                    "SET memory_limit = '100GB'",
                    "SET enable_external_access = true",
                    "RESET memory_limit",
                    "SET VARIABLE x = 1",
                    "DESCRIBE focus_cost_usage",
                    "SHOW TABLES",
                    "SHOW ALL TABLES",
                    "SUMMARIZE focus_cost_usage",
                    "SELECT * FROM (DESCRIBE focus_cost_usage)",
                    "SELECT * FROM (SHOW DATABASES)",
                    "EXPLAIN SELECT 1",
                    "EXPLAIN ANALYZE SELECT 1",
                    "CALL pragma_version()",
                    "CALL enable_logging(storage = 'file')",
                    "INSTALL httpfs",
                    "LOAD httpfs",
                    "CHECKPOINT",
                    "VACUUM",
                    "BEGIN",
                    "PREPARE p AS SELECT 1",
                    "EXECUTE p",
                    "SELECT 1; SELECT 2",
                    "SELECT 1; DROP TABLE focus_cost_usage",
                    "SELECT 1; COPY (SELECT 1) TO '{dir}/out.csv'",
                    "WITH x AS (INSERT INTO focus_cost_usage SELECT * FROM focus_cost_usage"
                            + " RETURNING *) SELECT * FROM x",
                    "WITH x AS (DELETE FROM focus_cost_usage RETURNING *) SELECT * FROM x");

    static final List<String> READERS =
            List.of(
                    "SELECT * FROM read_csv('/etc/passwd')",
                    "SELECT * FROM read_csv_auto('/etc/passwd')",
                    "SELECT * FROM read_text('/etc/passwd')",
                    "SELECT * FROM read_blob('/etc/passwd')",
                    "SELECT * FROM read_json('/etc/passwd')",
                    "SELECT * FROM read_parquet('/etc/passwd')",
                    "SELECT * FROM READ_TEXT('/etc/passwd')",
                    "SELECT * FROM main.read_text('/etc/passwd')",
                    "SELECT * FROM system.main.read_text('/etc/passwd')",
                    "SELECT * FROM sniff_csv('/etc/passwd')",
                    "SELECT * FROM glob('/etc/*')",
                    "SELECT * FROM parquet_metadata('{dir}/x')",
                    "SELECT * FROM read_duckdb('{dir}/globex.duckdb')",
                    "SELECT * FROM '/etc/passwd'",
                    "SELECT * FROM \"/etc/passwd\"",
                    "FROM 'https://example.com/x.csv'",
                    "SELECT * FROM read_csv('http://127.0.0.1:1/x')",
                    "SELECT (SELECT max(content) FROM read_text('/etc/passwd'))",
                    "SELECT 1 WHERE EXISTS (SELECT * FROM read_text('/etc/passwd'))",
                    "SELECT 1 ORDER BY (SELECT count(*) FROM read_text('/etc/passwd'))",
                    "SELECT 1 LIMIT (SELECT count(*) FROM read_text('/etc/passwd'))",
                    "SELECT * FROM focus_1_2 JOIN read_text('/etc/passwd') ON true",
                    "SELECT 1 UNION ALL SELECT content FROM read_text('/etc/passwd')",
                    "WITH x AS (SELECT * FROM read_text('/etc/passwd')) SELECT * FROM x",
                    "SELECT list_transform([1], lambda x: (SELECT count(*) FROM glob('/*')))",
                    "SELECT * FROM query('SELECT 1')",
                    "SELECT * FROM query('SELECT * FROM read_text(''/etc/passwd'')')",
                    "SELECT * FROM query_table('focus_cost_usage')",
                    "SELECT * FROM json_execute_serialized_sql('{}')",
                    "SELECT * FROM range((SELECT count(*) FROM glob('/*')))",
                    "PIVOT focus_1_2 ON ServiceName USING sum(BilledCost)");

    static final List<String> SNOOPERS =
            List.of(
                    "SELECT getenv('HOME')",
                    "SELECT 'HOME'.getenv()",
                    "SELECT current_setting('memory_limit')",
                    "SELECT getvariable('x')",
                    "SELECT version()",
                    "SELECT current_database()",
                    "SELECT sleep_ms(100000)",
                    "SELECT pg_sleep(100)",
                    "SELECT write_log('x')",
                    "SELECT nextval('s')",
                    "SELECT json_serialize_sql('SELECT 1')",
                    "SELECT * FROM duckdb_settings()",
                    "SELECT * FROM duckdb_databases()",
                    "SELECT * FROM duckdb_databases",
                    "SELECT * FROM duckdb_secrets()",
                    "SELECT * FROM which_secret('s3://x', 's3')",
                    "SELECT * FROM pragma_database_size()",
                    "SELECT * FROM pragma_version()",
                    "SELECT * FROM duckdb_extensions()",
                    "SELECT * FROM duckdb_logs",
                    "SELECT * FROM duckdb_temporary_files()",
                    "SELECT * FROM information_schema.tables",
                    "SELECT * FROM pg_catalog.pg_settings",
                    "SELECT * FROM sqlite_master",
                    "SELECT * FROM system.main.duckdb_databases",
                    "SELECT * FROM globex.focus_cost_usage",
                    "SELECT * FROM globex.main.focus_cost_usage",
                    "SELECT * FROM memory.main.x",
                    "SELECT * FROM nowhere",
                    "WITH duckdb_databases AS (SELECT 1), y AS (SELECT * FROM duckdb_databases)"
                            + " SELECT * FROM y",
                    "WITH y AS (SELECT * FROM duckdb_settings), duckdb_settings AS (SELECT 1)"
                            + " SELECT * FROM y",
                    "WITH y AS (SELECT * FROM tables), tables AS (SELECT 1) SELECT * FROM y",
                    "WITH y AS (SELECT * FROM \"/etc/passwd\"), \"/etc/passwd\" AS (SELECT 1)"
                            + " SELECT * FROM y",
                    "SELECT ?",
                    "SELECT $name",
                    "SELECT nope FROM focus_cost_usage",
                    "SELEC 1",
                    "-- nothing",
                    ";");

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
    @FieldSource({"STATEMENTS", "READERS", "SNOOPERS"})
    void a_forbidden_query_is_refused_and_nothing_changes(String sql) throws Exception {
        String before = contents();
        EngineException refusal = refusalOf(sql.replace("{dir}", directory.toString()));
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_QUERY);
        assertThat(refusal.getMessage())
                .isNotBlank()
                .doesNotContain(directory.toString(), "root:", "Exception");
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void the_locked_connection_alone_refuses_what_the_syntax_check_would_let_through()
            throws Exception {
        for (String sql : Stream.concat(STATEMENTS.stream(), READERS.stream()).toList()) {
            String before = contents();
            try (var connection = LockedConnection.open(fixture.acme(), "acme_corp", 256, false);
                    var statement = connection.createStatement()) {
                statement.execute(sql.replace("{dir}", directory.toString()));
            } catch (java.sql.SQLException refused) {
                assertThat(refused.getMessage()).doesNotContain("root:x");
            }
            assertThat(contents()).as(sql).isEqualTo(before);
        }
    }

    @Test
    void a_message_names_what_is_wrong() {
        assertThat(refusalOf("SELECT nope FROM focus_cost_usage")).hasMessageContaining("nope");
        assertThat(refusalOf("SELECT 'abc'::INT")).hasMessageContaining("abc");
        assertThat(refusalOf("SELEC 1")).hasMessageContaining("SELEC");
        assertThat(refusalOf("SELECT getenv('HOME')")).hasMessageContaining("getenv");
    }

    @Test
    void a_limit_outside_its_range_is_refused_with_the_field_named() {
        for (int limit : new int[] {0, -1, 10_001}) {
            assertThat(
                            Objects.requireNonNull(
                                            catchThrowableOfType(
                                                    EngineException.class,
                                                    () ->
                                                            QUERY.run(
                                                                    fixture.acme(),
                                                                    "SELECT 1",
                                                                    limit)))
                                    .fields())
                    .extracting("field")
                    .containsExactly("limit");
        }
    }

    private static EngineException refusalOf(String sql) {
        return Objects.requireNonNull(
                catchThrowableOfType(
                        EngineException.class, () -> QUERY.run(fixture.acme(), sql, 10)));
    }

    private static String contents() throws Exception {
        StringBuilder contents = new StringBuilder();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                contents.append(file).append(' ').append(hash(file)).append('\n');
            }
        }
        return contents.toString();
    }

    private static String hash(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(read(file)));
    }

    private static byte[] read(Path file) throws IOException {
        return Files.readAllBytes(file);
    }
}
