package dev.convergence.benchmark.pipelines;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.step.DateWindow;
import dev.convergence.steps.sample.SampleBills;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// Writes the file of a bill: a generated month, repeated under other resources until it is long
/// enough.
final class BillFile {

    private static final TenantId TENANT = new TenantId("bench_tenant");
    private static final DateWindow MONTH =
            new DateWindow(LocalDate.of(2026, 10, 1), LocalDate.of(2026, 10, 31), true);
    private static final int DAYS = 31;
    private static final int LINES_A_DAY = 3_200;

    private final Path directory;

    BillFile(Path directory) {
        this.directory = directory;
    }

    Path write(Bill bill, long rows) throws IOException, SQLException {
        Files.createDirectories(directory);
        List<String> month = month(bill, rows);
        Path text = directory.resolve(bill + ".text");
        boolean packed = bill.shape == Bill.Shape.PACKED_CSV;
        boolean headed = bill.shape != Bill.Shape.JSON_LINES;
        repeat(month, headed, bill.mark, rows, text, packed);
        Path file = directory.resolve(bill + bill.shape.ending);
        if (bill.shape == Bill.Shape.PARQUET) {
            Plain.run(
                    "COPY (SELECT * FROM read_csv('%s', sample_size = 100000)) TO '%s' (FORMAT parquet)"
                            .formatted(text, file));
            Files.delete(text);
            return file;
        }
        return Files.move(text, file);
    }

    private List<String> month(Bill bill, long rows) throws IOException, SQLException {
        long perDay = Math.clamp((rows + DAYS - 1) / DAYS, 1, LINES_A_DAY);
        Map<String, Object> knobs = Map.of("sample_rows_per_day", (int) perDay);
        Path sample =
                new SampleBills().write(bill.format, TENANT, MONTH, knobs, directory).getFirst();
        Path lines = bill.shape == Bill.Shape.FLAT_CSV ? flattened(sample) : sample;
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(open(lines), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } finally {
            Files.deleteIfExists(sample);
            Files.deleteIfExists(lines);
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
    }

    private static void repeat(
            List<String> month, boolean headed, String mark, long rows, Path file, boolean packed)
            throws IOException {
        List<String> lines = headed ? month.subList(1, month.size()) : month;
        OutputStream out = Files.newOutputStream(file);
        try (BufferedWriter writer =
                new BufferedWriter(
                        new OutputStreamWriter(
                                packed ? new GZIPOutputStream(out, 1 << 16) : out,
                                StandardCharsets.UTF_8),
                        1 << 20)) {
            if (headed) {
                writer.write(month.getFirst() + "\n");
            }
            for (long row = 0; row < rows; row++) {
                String line = lines.get((int) (row % lines.size()));
                writer.write(another(line, mark, row / lines.size()));
                writer.write('\n');
            }
        }
    }

    /// Lines without a resource, such as taxes, are what they are.
    private static String another(String line, String mark, long repetition) {
        int found = line.indexOf(mark);
        int at = found + mark.length();
        return found < 0 ? line : line.substring(0, at) + "r" + repetition + line.substring(at);
    }

    private static final String FLATTENED =
            """
            COPY (SELECT billing_account_id, service.id AS "service.id",
              service.description AS "service.description", sku.id AS "sku.id",
              sku.description AS "sku.description", usage_start_time, usage_end_time,
              project.id AS "project.id", project.number AS "project.number",
              project.name AS "project.name", project.labels::JSON AS "project.labels",
              labels::JSON AS labels, system_labels::JSON AS system_labels,
              location.location AS "location.location", location.country AS "location.country",
              location.region AS "location.region", location.zone AS "location.zone", cost, currency,
              currency_conversion_rate, usage.amount AS "usage.amount", usage.unit AS "usage.unit",
              usage.amount_in_pricing_units AS "usage.amount_in_pricing_units",
              usage.pricing_unit AS "usage.pricing_unit", credits::JSON AS credits,
              invoice.month AS "invoice.month", cost_type,
              adjustment_info.type AS "adjustment_info.type", tags::JSON AS tags, export_time,
              cost_at_list, transaction_type, seller_name,
              consumption_model.description AS "consumption_model.description",
              price.effective_price AS "price.effective_price",
              price.tier_start_amount AS "price.tier_start_amount",
              resource.name AS "resource.name", resource.global_name AS "resource.global_name"
            FROM read_json('%s', format = 'newline_delimited', sample_size = -1))
            TO '%s' (FORMAT csv, HEADER)
            """;

    private static Path flattened(Path lines) throws SQLException {
        Path flat = lines.resolveSibling(lines.getFileName() + ".csv");
        Plain.run(FLATTENED.formatted(lines, flat));
        return flat;
    }
}
