package dev.convergence.steps.source;

import static dev.convergence.steps.LoadFixture.assertDone;
import static dev.convergence.steps.LoadFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.step.CancelledException;
import dev.convergence.engine.step.StepContext;
import dev.convergence.steps.LoadFixture;
import dev.convergence.steps.LoadFixture.Bill;
import dev.convergence.steps.SwitchedOff;
import dev.convergence.steps.TestRun;
import dev.convergence.steps.duckdb.Staging;
import dev.convergence.steps.intake.ByteBudget;
import dev.convergence.steps.intake.Intake;
import dev.convergence.steps.landing.LandedFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What one tenant's files may take of the machine.
class OneAgainstAllTest {

    private static final String FINDING =
            """
            {"finding":{"name":"f1","parent":"organizations/1/sources/2","category":"OPEN_FIREWALL",\
            "severity":"HIGH","state":"ACTIVE","eventTime":"2026-11-20T00:00:00Z"}}
            """;
    private static final int TOO_LONG = RecordLimit.CHARACTERS_MAX + 100_000;

    @TempDir Path directory;
    private LoadFixture fixture;

    @BeforeEach
    void set_up() {
        fixture = new LoadFixture(directory);
    }

    @Test
    void a_line_without_an_end_is_a_bad_row_of_its_own() throws Exception {
        land(FINDING + "{\"x\":\"" + "a".repeat(TOO_LONG) + "\"}\r\n" + FINDING);

        assertThat(refusal()).contains("line 2 of gcp/security/a.jsonl: it is of more than");
        assertDone(fixture.load(Bill.FINDINGS, Map.of("bad_rows", "skip")));
        assertThat(fixture.rows("SELECT count(*) FROM findings")).isNotEmpty();
    }

    @Test
    void an_object_without_an_end_spoils_the_file() throws Exception {
        land("[" + FINDING + ",{\n\"x\":[" + "1,".repeat(TOO_LONG) + "1]}]");

        assertThat(refusal()).contains("holds a row of more than");
    }

    @Test
    void a_csv_row_without_an_end_spoils_the_file() throws Exception {
        land("name,parent,category,eventTime\n" + ",".repeat(TOO_LONG));

        assertThat(refusal()).contains("holds a row of more than");
    }

    @Test
    void small_rows_in_a_large_file_are_no_large_row() throws Exception {
        int rows = TOO_LONG / FINDING.length() + 10;
        land("[" + (FINDING + ",").repeat(rows) + FINDING + "]");

        assertDone(fixture.load(Bill.FINDINGS, Map.of()));
    }

    @Test
    void a_packed_file_that_holds_more_than_the_run_may_read_is_refused_and_leaves_nothing()
            throws Exception {
        LandedFile bomb = packed("{}\n".repeat(500_000));

        assertThatThrownBy(() -> read(bomb, 1_000_000))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("one run reads at most 1000000 bytes");
        assertThat(names()).containsExactly("bomb.gz");
    }

    @Test
    void an_unpacked_file_is_deleted_once_it_was_read() throws Exception {
        read(packed("{}\n"), 1_000_000);

        assertThat(names()).containsExactly("bomb.gz");
    }

    @Test
    void unpacking_stops_when_the_run_is_cancelled() throws Exception {
        LandedFile bomb = packed("\n".repeat(5_000_000));
        SwitchedOff cancellation = SwitchedOff.afterLooks(3);

        assertThatThrownBy(() ->
                        reader(new Intake(cancellation, new ByteBudget(Long.MAX_VALUE)))
                                .read(bomb, new Ignored()))
                .isInstanceOf(CancelledException.class);
        assertThat(names()).containsExactly("bomb.gz");
    }

    @Test
    void blank_lines_without_end_stop_when_the_run_is_cancelled() throws Exception {
        Path blank = Files.writeString(directory.resolve("blank"), "\n".repeat(5_000_000));

        assertThatThrownBy(() ->
                        reader(
                                        new Intake(
                                                SwitchedOff.afterLooks(3),
                                                new ByteBudget(Long.MAX_VALUE)))
                                .read(LandedFile.of("blank", blank), new Ignored()))
                .isInstanceOf(CancelledException.class);
    }

    @Test
    void rows_that_pack_to_nothing_count_as_they_are() throws Exception {
        Path parquet = directory.resolve("same.parquet");
        try (Staging staging = Staging.open(directory.resolve("make.duckdb"));
                var connection = staging.connect();
                var statement = connection.createStatement()) {
            statement.execute(
                    "COPY (SELECT repeat('a', 100) AS x FROM range(50000)) TO '" + parquet + "'");
        }
        LandedFile file = LandedFile.of("same.parquet", parquet);

        assertThat(file.bytes()).isLessThan(1_000_000);
        assertThatThrownBy(() -> read(file, 1_000_000)).isInstanceOf(EngineException.class);
    }

    @Test
    void all_steps_of_a_run_draw_on_one_budget() {
        try (TestRun run = fixture.run(Bill.FINDINGS, Map.of(), LoadFixture.yesterday())) {
            StepContext first = run.context(Map.of());
            StepContext second = run.context(Map.of());

            assertThat(Intake.of(first).budget()).isSameAs(Intake.of(second).budget());
        }
    }

    private void land(String content) throws IOException {
        fixture.land("gcp/security/a.jsonl", content);
    }

    private String refusal() {
        return failure(fixture.load(Bill.FINDINGS, Map.of()));
    }

    private LandedFile packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        Path file = Files.createDirectories(directory.resolve("packed")).resolve("bomb.gz");
        return LandedFile.of("bomb.gz", Files.write(file, bytes.toByteArray()));
    }

    private void read(LandedFile file, long bytesMax) throws Exception {
        reader(new Intake(SwitchedOff.never(), new ByteBudget(bytesMax))).read(file, new Ignored());
    }

    private FileReader reader(Intake intake) throws Exception {
        Staging staging = Staging.open(directory.resolve("read.duckdb"));
        return new FileReader(staging.connect().unwrap(DuckDBConnection.class), intake, true);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("packed"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static final class Ignored implements RowSink {
        @Override
        public void header(Header header) {}

        @Override
        public void row(SourceRow row) {}

        @Override
        public void bad(long line, String why) {}
    }
}
