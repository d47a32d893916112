package dev.convergence.service.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.convergence.service.RunningServer;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvSchema;

class FocusFileTest {

    private static final String COST_COLUMNS = "BilledCost EffectiveCost ListCost ContractedCost";

    @Test
    void a_real_focus_file_loads_with_every_row_and_the_exact_sums_however_often(
            @TempDir Path folder) throws IOException {
        Path bill = sharedFile("focus/focus_1_0_sample.csv");
        try (RunningServer server =
                RunningServer.start(folder, Map.of("CONVERGENCE_WORKERS", "1"))) {
            House house = new House(server);
            Caller tenant = house.onboard("focus_reader", "PROFESSIONAL");
            Path zone = Files.createDirectories(server.landing().resolve("focus_reader"));
            Files.copy(bill, zone.resolve("bill.csv"));

            for (int load = 1; load <= 2; load++) {
                JsonNode run =
                        house.run(
                                tenant,
                                "focus_reader/focus/cost/import",
                                Map.of("source", "landing", "file", "bill.csv"));
                assertThat(run.path("state").asString()).as(run.toString()).isEqualTo("COMPLETED");
                assertSameAsFile(tenant, bill);
            }
        }
    }

    private static void assertSameAsFile(Caller tenant, Path bill) throws IOException {
        JsonNode row =
                tenant.post(
                                "/tenants/focus_reader/data/query",
                                Map.of(
                                        "sql",
                                        "SELECT count(*), sum(BilledCost), sum(EffectiveCost),"
                                                + " sum(ListCost), sum(ContractedCost)"
                                                + " FROM focus_cost_usage"))
                        .isOk()
                        .field("rows")
                        .path(0);
        assertThat(row.path(0).asInt()).isEqualTo(1000);
        String[] columns = COST_COLUMNS.split(" ", -1);
        for (int i = 0; i < columns.length; i++) {
            assertThat(row.path(i + 1).decimalValue())
                    .as(columns[i])
                    .isEqualByComparingTo(sum(bill, columns[i]));
        }
    }

    private static BigDecimal sum(Path bill, String column) throws IOException {
        try (Reader text = Files.newBufferedReader(bill);
                MappingIterator<Map<String, String>> lines =
                        CsvMapper.shared()
                                .readerForMapOf(String.class)
                                .with(CsvSchema.emptySchema().withHeader())
                                .readValues(text)) {
            BigDecimal sum = BigDecimal.ZERO;
            while (lines.hasNext()) {
                sum = sum.add(number(lines.next().getOrDefault(column, "")));
            }
            return sum;
        }
    }

    private static BigDecimal number(String text) {
        return text.isEmpty() || text.equals("NULL") ? BigDecimal.ZERO : new BigDecimal(text);
    }

    /// A file beside the project; the test skips where it is not.
    private static Path sharedFile(String name) {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null) {
            Path file = folder.resolve("shared/data").resolve(name);
            if (Files.exists(file)) {
                return file;
            }
            folder = folder.getParent();
        }
        assumeTrue(false, "skipped: no shared/data/" + name + " beside the project");
        throw new IllegalStateException("unreachable");
    }
}
