package dev.convergence.steps.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.step.Cancellation;
import dev.convergence.engine.step.CancelledException;
import dev.convergence.engine.warehouse.MetaRows;
import dev.convergence.engine.warehouse.Warehouse.Table;
import dev.convergence.steps.LoadFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbWarehouseTest {

    @TempDir Path directory;
    private LoadFixture fixture;
    private DuckDbWarehouse warehouse;

    @BeforeEach
    void set_up() {
        fixture = new LoadFixture(directory);
        warehouse = fixture.warehouse;
    }

    @Test
    void a_data_set_is_created_once_with_its_meta_tables_and_dropped_whole() {
        warehouse.drop(LoadFixture.ACME);
        assertThat(warehouse.exists(LoadFixture.ACME)).isFalse();
        assertThat(warehouse.create(LoadFixture.ACME).tables())
                .isEqualTo(
                        List.of("x_meta_dq_results", "x_meta_pipeline_runs", "x_meta_step_logs"));
        assertThat(warehouse.create(LoadFixture.ACME).created()).isFalse();
        assertThat(warehouse.tables(LoadFixture.ACME))
                .extracting(Table::kind)
                .containsOnly("TABLE");
        warehouse.drop(LoadFixture.ACME);
        warehouse.drop(LoadFixture.ACME);
        assertThat(directory.resolve("warehouse")).isEmptyDirectory();
        assertThatThrownBy(() -> warehouse.tables(LoadFixture.ACME))
                .isInstanceOf(EngineException.class);
    }

    @Test
    void the_same_run_recorded_twice_leaves_its_last_state() throws Exception {
        warehouse.recordRuns(
                LoadFixture.ACME, new MetaRows(List.of(run("RUNNING")), List.of(), List.of()));
        warehouse.recordRuns(
                LoadFixture.ACME,
                new MetaRows(List.of(run("FAILED"), run("COMPLETED")), List.of(), List.of()));
        assertThat(
                        fixture.rows(
                                "SELECT status, start_time::VARCHAR, run_date::VARCHAR, duration_ms,"
                                        + " parameters->>'date' FROM x_meta_pipeline_runs"))
                .isEqualTo(
                        List.of(
                                List.of(
                                        "COMPLETED",
                                        "2026-11-22 10:00:00",
                                        "2026-11-21",
                                        "12",
                                        "2026-11-21")));
    }

    @Test
    void a_change_that_is_cancelled_before_its_commit_is_undone() throws Exception {
        AtomicBoolean cancelled = new AtomicBoolean();
        Cancellation cancellation =
                new Cancellation() {
                    @Override
                    public boolean isRequested() {
                        return cancelled.get();
                    }

                    @Override
                    public Registration onRequest(Runnable interrupt) {
                        return () -> {};
                    }
                };
        try (var connection = DriverManager.getConnection("jdbc:duckdb:")) {
            assertThatThrownBy(() ->
                            warehouse.change(
                                    LoadFixture.ACME,
                                    connection,
                                    cancellation,
                                    session -> {
                                        session.execute("CREATE TABLE tenant.t (i INT)");
                                        cancelled.set(true);
                                    }))
                    .isInstanceOf(CancelledException.class);
        }
        assertThat(warehouse.tables(LoadFixture.ACME)).extracting(Table::name).doesNotContain("t");
    }

    @Test
    void a_file_that_another_process_holds_is_waited_for() throws Exception {
        Path file = directory.resolve("warehouse/acme_corp.duckdb");
        Process other =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                HoldsFile.class.getName(),
                                file.toString())
                        .start();
        try (var said = other.inputReader()) {
            assertThat(said.readLine()).isEqualTo("held");
            Thread release = Thread.ofVirtual().unstarted(() -> closeInput(other));
            assertThatThrownBy(() ->
                            new FileLockRetry(java.time.Duration.ofMillis(50))
                                    .call(() -> TableList.of(file)))
                    .hasMessageContaining("Another process uses");
            var waiting =
                    Thread.ofVirtual()
                            .start(() ->
                                    warehouse.recordRuns(
                                            LoadFixture.ACME,
                                            new MetaRows(
                                                    List.of(run("COMPLETED")),
                                                    List.of(),
                                                    List.of())));
            release.start();
            waiting.join();
        } finally {
            other.destroy();
        }
        assertThat(fixture.number("SELECT count(*) FROM x_meta_pipeline_runs")).isEqualTo("1");
    }

    @Test
    void a_folder_that_cannot_be_made_is_unhealthy() throws Exception {
        assertThat(warehouse.health().usable()).isTrue();
        Path file = Files.writeString(directory.resolve("file"), "");
        DuckDbWarehouse broken =
                new DuckDbWarehouse(
                        file,
                        (_, _, _) -> {
                            throw new IllegalStateException();
                        });
        assertThat(broken.health().usable()).isFalse();
    }

    private static void closeInput(Process process) {
        try {
            process.getOutputStream().close();
        } catch (java.io.IOException ended) {
            throw new IllegalStateException(ended);
        }
    }

    private static Map<String, @Nullable Object> run(String status) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("pipeline_logging_id", "run-1");
        row.put("pipeline_id", "acme-gcp-cost-billing");
        row.put("tenant_id", "acme_corp");
        row.put("status", status);
        row.put("trigger_type", "api");
        row.put("trigger_by", "tester");
        row.put("start_time", Instant.parse("2026-11-22T10:00:00Z"));
        row.put("duration_ms", 12L);
        row.put("run_date", LocalDate.of(2026, 11, 21));
        row.put("parameters", "{\"date\": \"2026-11-21\"}");
        return row;
    }
}
