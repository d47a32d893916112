package dev.convergence.steps.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.id.TenantId;
import dev.convergence.steps.SwitchedOff;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {

    private static final TenantId ACME = new TenantId("acme_corp");

    private static final String ORDER = "preserve_insertion_order";

    @TempDir Path directory;

    @Test
    void a_runs_database_takes_a_bounded_share_of_the_machine() throws SQLException {
        try (Staging staging = Staging.open(directory.resolve("staging.duckdb"));
                Session session = new Session(staging.connect(), SwitchedOff.never())) {
            assertThat(setting(session, "threads")).isEqualTo("2");
            assertThat(setting(session, "temp_directory"))
                    .startsWith(directory.toString() + "/staging.duckdb");
            assertThat(setting(session, "max_temp_directory_size")).isEqualTo("16.0 GiB");
            assertThat(setting(session, "memory_limit")).matches("([1-4]\\.[0-9] GiB|[0-9.]+ MiB)");
        }
    }

    @Test
    void a_commit_that_fails_says_why() throws SQLException {
        DuckDbWarehouse warehouse =
                new DuckDbWarehouse(
                        directory,
                        (_, _, _) -> {
                            throw new IllegalStateException("queries are not tested here");
                        });
        warehouse.create(ACME);
        try (Staging staging = Staging.open(directory.resolve("staging.duckdb"));
                var connection = staging.connect()) {
            warehouse.change(
                    ACME,
                    connection,
                    SwitchedOff.never(),
                    tenant -> tenant.execute("CREATE TABLE tenant.once (id INTEGER PRIMARY KEY)"));

            assertThatThrownBy(() ->
                            warehouse.change(
                                    ACME,
                                    connection,
                                    SwitchedOff.never(),
                                    tenant -> takenMeanwhile(tenant, staging)))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("PRIMARY KEY");
        }
    }

    @Test
    void rows_keep_their_order_while_anybody_stages_files() throws Exception {
        try (Staging staging = Staging.open(directory.resolve("staging.duckdb"));
                Session session = new Session(staging.connect(), SwitchedOff.never())) {
            AtomicReference<String> published = new AtomicReference<>("");
            Staging.Order extract = staging.inOrder();
            Thread publish = Thread.ofPlatform().start(() -> published.set(inAnyOrder(staging)));
            while (publish.getState() != Thread.State.WAITING) {
                assertThat(publish.isAlive()).isTrue();
                Thread.onSpinWait();
            }

            assertThat(setting(session, ORDER)).isEqualTo("true");
            extract.close();
            publish.join();
            assertThat(published.get()).isEqualTo("false");
            assertThat(setting(session, ORDER)).isEqualTo("true");
        }
    }

    private static String inAnyOrder(Staging staging) {
        try (var _ = staging.inAnyOrder();
                Session session = new Session(staging.connect(), SwitchedOff.never())) {
            return setting(session, ORDER);
        } catch (SQLException failure) {
            return String.valueOf(failure.getMessage());
        }
    }

    private static void takenMeanwhile(Session tenant, Staging staging) throws SQLException {
        tenant.execute("INSERT INTO tenant.once VALUES (1)");
        try (Session other = new Session(staging.connect(), SwitchedOff.never())) {
            other.execute("INSERT INTO tenant.once VALUES (1)");
        }
    }

    private static String setting(Session session, String name) throws SQLException {
        return session.one("SELECT current_setting('" + name + "')::VARCHAR", r -> r.getString(1));
    }
}
