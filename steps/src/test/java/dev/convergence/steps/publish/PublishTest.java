package dev.convergence.steps.publish;

import static dev.convergence.steps.LoadFixture.assertDone;
import static dev.convergence.steps.LoadFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.warehouse.Warehouse.Table;
import dev.convergence.steps.LoadFixture;
import dev.convergence.steps.LoadFixture.Bill;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishTest {

    private static final String HEADER =
            "lineItem/tenantId,lineItem/intervalUsageStart,lineItem/intervalUsageEnd,"
                    + "product/service,cost/myCost,cost/currencyCode\n";

    @TempDir Path directory;
    private LoadFixture fixture;

    @BeforeEach
    void set_up() {
        fixture = new LoadFixture(directory);
    }

    @Test
    void a_failure_half_way_leaves_all_tables_as_they_were() throws Exception {
        fixture.land("oci/cost/a.csv", HEADER + line("1"));
        assertDone(fixture.load(Bill.OCI, Map.of()));
        fixture.alter("ALTER TABLE focus_cost_usage ADD COLUMN of_a_later_version INTEGER");
        fixture.land("oci/cost/a.csv", HEADER + line("2") + line("3"));
        assertThat(failure(fixture.load(Bill.OCI, Map.of())))
                .isEqualTo(
                        "The table's shape has changed: focus_cost_usage has lost the column"
                                + " of_a_later_version; nothing was loaded.");
        assertThat(fixture.number("SELECT sum(cost) FROM oci_cost_lines"))
                .isEqualByComparingTo("1");
        assertThat(fixture.number("SELECT sum(BilledCost) FROM focus_cost_usage"))
                .isEqualByComparingTo("1");
        assertThat(fixture.number("SELECT count(*) FROM x_meta_loads")).isEqualTo("2");
    }

    /// DuckDB keeps rows in groups of 122,880; what a table holds of more than one is kept
    /// otherwise.
    @Test
    void a_first_load_may_be_longer_than_a_group_of_rows() throws Exception {
        fixture.land("oci/cost/a.csv", HEADER + line("0.1").repeat(130_000));
        assertDone(fixture.load(Bill.OCI, Map.of()));
        assertDone(fixture.load(Bill.OCI, Map.of()));
        assertThat(
                        fixture.rows(
                                "SELECT count(*), sum(BilledCost)::DECIMAL(9,2) FROM focus_cost_usage"))
                .isEqualTo(List.of(List.of("130000", "13000.00")));
        assertThat(fixture.rows("SELECT count(DISTINCT checksum) FROM x_meta_loads"))
                .isEqualTo(List.of(List.of("2")));
    }

    @Test
    void a_new_column_is_added_and_a_changed_type_is_refused() throws Exception {
        fixture.land("oci/cost/a.csv", HEADER + line("1"));
        assertDone(fixture.load(Bill.OCI, Map.of()));
        fixture.alter("ALTER TABLE oci_cost_lines DROP COLUMN currency");
        assertDone(fixture.load(Bill.OCI, Map.of()));
        assertThat(fixture.rows("SELECT currency FROM oci_cost_lines"))
                .isEqualTo(List.of(List.of("USD")));
        fixture.alter("ALTER TABLE oci_cost_lines ALTER COLUMN cost TYPE DOUBLE");
        assertThat(failure(fixture.load(Bill.OCI, Map.of())))
                .contains("oci_cost_lines.cost was DOUBLE and now is DECIMAL(38,20)");
    }

    @Test
    void the_ledger_says_what_each_window_holds() throws Exception {
        fixture.land("oci/cost/a.csv", HEADER + line("1") + line("-0.25"));
        assertDone(fixture.load(Bill.OCI, Map.of()));
        assertThat(
                        fixture.rows(
                                "SELECT table_name, provider, account, period, row_count,"
                                        + " cost::VARCHAR FROM x_meta_loads ORDER BY table_name"))
                .isEqualTo(
                        List.of(
                                List.of(
                                        "focus_cost_usage",
                                        "oci",
                                        "tenancy-1",
                                        "202611",
                                        "2",
                                        "0.75000000000000000000"),
                                List.of(
                                        "oci_cost_lines",
                                        "oci",
                                        "tenancy-1",
                                        "202611",
                                        "2",
                                        "0.75000000000000000000")));
    }

    @Test
    void asked_days_without_rows_empty_those_days_of_the_accounts_in_the_files() throws Exception {
        fixture.land("oci/cost/a.csv", HEADER + line("1"));
        assertDone(fixture.load(Bill.OCI, Map.of()));
        fixture.land("oci/cost/a.csv", HEADER + line("1").replace("11-20", "11-19"));
        assertDone(fixture.load(Bill.OCI, Map.of(), LoadFixture.days("2026-11-20", "2026-11-20")));
        assertThat(fixture.number("SELECT count(*) FROM focus_cost_usage")).isEqualTo("0");
    }

    @Test
    void a_run_whose_tables_were_never_staged_is_refused() {
        try (var run = fixture.run(Bill.OCI, Map.of(), LoadFixture.yesterday())) {
            assertThat(failure(run.step("warehouse.publish", Map.of("tables", List.of("nothing")))))
                    .contains("no step of this run has staged nothing");
            assertThat(failure(run.step("warehouse.publish", Map.of("tables", List.of("a; DROP")))))
                    .contains("letters, digits and underscores only");
        }
    }

    @Test
    void readers_see_the_old_rows_or_the_new_ones_while_loads_go_on() throws Exception {
        fixture.land("oci/cost/a.csv", HEADER + line("1"));
        assertDone(fixture.load(Bill.OCI, Map.of()));
        AtomicBoolean loading = new AtomicBoolean(true);
        Callable<Boolean> reader =
                () -> {
                    boolean whole = true;
                    while (loading.get()) {
                        List<Table> tables = fixture.warehouse.tables(LoadFixture.ACME);
                        long published = rows(tables, "focus_cost_usage");
                        whole &= rows(tables, "oci_cost_lines") == published;
                        whole &= published == 1 || published == 2;
                    }
                    return whole;
                };
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> readers = List.of(threads.submit(reader), threads.submit(reader));
            for (int load = 0; load < 4; load++) {
                String second = load % 2 == 0 ? line("2") : "";
                fixture.land("oci/cost/a.csv", HEADER + line("1") + second);
                assertDone(fixture.load(Bill.OCI, Map.of()));
            }
            loading.set(false);
            for (Future<Boolean> read : readers) {
                assertThat(read.get()).isTrue();
            }
        }
    }

    private static long rows(List<Table> tables, String name) {
        return tables.stream()
                .filter(table -> table.name().equals(name))
                .mapToLong(Table::rows)
                .sum();
    }

    private static String line(String cost) {
        return "tenancy-1,2026-11-20T10:00Z,2026-11-20T11:00:00Z,COMPUTE,%s,USD%n".formatted(cost);
    }
}
