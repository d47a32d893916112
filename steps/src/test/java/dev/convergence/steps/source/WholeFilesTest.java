package dev.convergence.steps.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.steps.SwitchedOff;
import dev.convergence.steps.duckdb.Session;
import dev.convergence.steps.duckdb.Staging;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that one statement takes, and files that it leaves to Java.
class WholeFilesTest {

    private static final String LINE =
            """
            {"billing_account_id":"01-A","service":{"id":"6F81"},"usage_start_time":"2026-11-20T10:00:00Z",\
            "usage_end_time":"2026-11-20T11:00:00Z","cost":1.5%s}
            """;

    @TempDir Path directory;
    private final BadRows bad = new BadRows();
    private Staging staging;
    private Session session;
    private SqlTable table;

    @BeforeEach
    void open() throws SQLException {
        staging = Staging.open(directory.resolve("staging"));
        session = new Session(staging.connect(), SwitchedOff.never());
        table =
                new SqlTable(
                        session,
                        new Target(GcpBillingFormat.format(), "bill"),
                        "gcp",
                        "run",
                        Instant.parse("2026-11-22T10:00:00Z"),
                        bad);
    }

    @AfterEach
    void close() throws SQLException {
        session.close();
        staging.close();
    }

    @Test
    void csv_is_taken_whole() throws Exception {
        Path file =
                write(
                        "billing_account_id,usage_start_time,usage_end_time,cost\n"
                                + "01-A,2026-11-20,2026-11-21, 1.5 \n");
        List<String> names =
                List.of("billing_account_id", "usage_start_time", "usage_end_time", "cost");
        assertThat(table.whole("bill.csv", CsvFile.of(file, names))).isTrue();
        assertThat(costs()).isEqualTo(List.of("1.50000000000000000000"));
    }

    @Test
    void json_lines_are_taken_whole_and_bad_ones_keep_their_numbers() throws Exception {
        Path file =
                write(
                        LINE.formatted("")
                                + "\n  \n"
                                + "{\"cost\": oops\n[1]\n"
                                + LINE.formatted(",\"note\":\"x\""));
        assertThat(takes(file)).isTrue();
        assertThat(bad.reasons()).containsOnlyKeys("it is not JSON", "it is not a JSON object");
        assertThat(bad.sentence(2)).contains("line 4 of bill.jsonl: it is not JSON");
        table.close();
        assertThat(costs()).hasSize(2);
    }

    @Test
    void a_number_with_more_digits_than_a_binary_one_keeps_is_left_to_java() throws Exception {
        assertThat(takes(write(LINE.formatted(",\"usage\":{\"amount\":0.12345678901234567891}"))))
                .isFalse();
        assertThat(takes(write(LINE.formatted(",\"usage\":{\"amount\":0.1234567890123456}"))))
                .isTrue();
    }

    @Test
    void a_name_that_no_sample_has_is_left_to_java() throws Exception {
        String rare = LINE.formatted(",\"rare\":1");
        String usual = LINE.formatted("");
        StringBuilder lines = new StringBuilder(usual.repeat(3_700_000 / usual.length()));
        int at = lines.length();
        lines.append(rare).append(usual.repeat((5 << 20) / usual.length()));
        int step = lines.length() / 16;
        assertThat(at % step).isGreaterThan(1 << 18);
        assertThat(takes(write(lines.toString()))).isFalse();
        assertThat(takes(write(lines.toString().replace(",\"rare\":1", "")))).isTrue();
    }

    private boolean takes(Path file) throws Exception {
        return table.whole("bill.jsonl", new JsonLines(file, JsonPaths.of(file).orElseThrow()));
    }

    private List<String> costs() throws SQLException {
        return session.list("SELECT cost::VARCHAR FROM bill_source", row -> row.getString(1));
    }

    private Path write(String content) throws Exception {
        return Files.writeString(directory.resolve("file"), content);
    }
}
