package dev.convergence.steps.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.step.DateWindow;
import dev.convergence.steps.LoadFixture;
import dev.convergence.steps.SwitchedOff;
import dev.convergence.steps.duckdb.Session;
import dev.convergence.steps.duckdb.Staging;
import dev.convergence.steps.focus.FocusFormat;
import dev.convergence.steps.intake.ByteBudget;
import dev.convergence.steps.intake.Intake;
import dev.convergence.steps.landing.LandedFile;
import dev.convergence.steps.sample.SampleBills;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThat(table.whole("bill.csv", CsvFile.of(file, names, ','))).isTrue();
        assertThat(costs()).isEqualTo(List.of("1.50000000000000000000"));
    }

    @Test
    void json_lines_are_taken_whole() throws Exception {
        Path file = write(LINE.formatted("") + "\n  \n" + LINE.formatted(",\"note\":\"x\""));
        JsonLines lines = new JsonLines(file, JsonPaths.of(file).orElseThrow());
        assertThat(table.whole("bill.jsonl", lines)).isTrue();
        assertThat(costs()).hasSize(2);
    }

    /// A statement that DuckDB refuses is no error: Java takes the file apart, many times slower,
    /// and nobody would know.
    @ParameterizedTest
    @ValueSource(strings = {"gcp_billing", "aws_cur", "azure_cost", "oci_cost"})
    void a_bill_of_every_format_is_taken_whole_as_text_and_as_parquet(String name)
            throws Exception {
        Path written =
                new SampleBills()
                        .write(name, LoadFixture.ACME, DAYS, Map.of(), directory.resolve("bills"))
                        .getFirst();
        assertThat(takenWhole(name, written)).isPositive();
        assertThat(takenWhole(name, parquetOf(written))).isEqualTo(takenWhole(name, written));
    }

    @Test
    void a_focus_file_is_taken_whole_as_text_and_as_parquet() throws Exception {
        Path written =
                Files.writeString(
                        directory.resolve("focus.csv"),
                        """
                        BilledCost,ListCost,BillingAccountId,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,ProviderName,Tags
                        1.5,0.000000000123,1,2026-10-01T00:00:00Z,2026-11-01T00:00:00Z,2026-10-02,2026-10-03,AWS,"{""team"":""a""}"
                        -2,,1,2026-10-01T00:00:00Z,2026-11-01T00:00:00Z,2026-10-02,2026-10-03,AWS,
                        """);
        assertThat(takenWhole("focus", written)).isEqualTo(2);
        assertThat(takenWhole("focus", parquetOf(written))).isEqualTo(2);
    }

    private static final DateWindow DAYS = LoadFixture.days("2026-10-30", "2026-11-02");

    private static final Map<String, Format> FORMATS =
            Map.of(
                    "gcp_billing", GcpBillingFormat.format(),
                    "aws_cur", AwsCurFormat.format(),
                    "azure_cost", AzureCostFormat.format(),
                    "oci_cost", OciCostFormat.format(),
                    "focus", FocusFormat.format());

    private Path parquetOf(Path written) throws SQLException {
        Path parquet = written.resolveSibling(written.getFileName() + ".parquet");
        String reader = written.toString().contains(".json") ? "read_json" : "read_csv";
        session.execute(
                "COPY (SELECT * FROM %s('%s', sample_size = -1)) TO '%s' (FORMAT parquet)"
                        .formatted(reader, written, parquet));
        return parquet;
    }

    /// @return how many good rows it had
    private long takenWhole(String name, Path file) throws Exception {
        Format format = Objects.requireNonNull(FORMATS.get(name));
        SqlTable rows =
                new SqlTable(session, new Target(format, "bill"), "any", "run", Instant.EPOCH, bad);
        new FileReader(
                        session.connection(),
                        new Intake(SwitchedOff.never(), new ByteBudget(Long.MAX_VALUE)),
                        true)
                .read(
                        LandedFile.of(name, file),
                        new RowSink() {
                            @Override
                            public void header(Header header) {
                                assertThat(format.missing(header)).isEmpty();
                            }

                            @Override
                            public boolean whole(WholeFile whole) {
                                assertThat(rows.whole(name, whole)).as(name).isTrue();
                                return true;
                            }

                            @Override
                            public void row(SourceRow row) {
                                throw new AssertionError(name + " is left to Java");
                            }

                            @Override
                            public void bad(long line, String why) {
                                throw new AssertionError(why);
                            }
                        });
        assertThat(bad.count()).isZero();
        return rows.totals().rows();
    }

    private List<String> costs() throws SQLException {
        return session.list("SELECT cost::VARCHAR FROM bill_source", row -> row.getString(1));
    }

    private Path write(String content) throws Exception {
        return Files.writeString(directory.resolve("file"), content);
    }
}
