package dev.convergence.engine;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.NewJob;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The engine as a Java program embeds it.
class EmbeddedTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static HikariDataSource source;
    private static String url;

    private final Queue<Object> greeted = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void open() {
        url = TestPostgres.freshDatabase();
        Engine.migrate(TestPostgres.dataSource(url));
        source = source(url, "convergence");
    }

    private static HikariDataSource source(String url, String schema) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setSchema(schema);
        config.setMaximumPoolSize(12);
        return new HikariDataSource(config);
    }

    @AfterAll
    static void close() {
        source.close();
    }

    private EngineBuilder greeter() {
        return Engine.builder(source)
                .handler(
                        "greet",
                        execution -> {
                            greeted.add(String.valueOf(execution.job().params().get("name")));
                            return Outcome.Completed.plain();
                        });
    }

    @Test
    void a_program_puts_jobs_in_and_has_them_done() throws InterruptedException {
        try (Engine engine = greeter().build()) {
            engine.lanes().open(new TenantId("acme"), 10);
            engine.start();
            engine.enqueue(NewJob.of("acme", "greet").params(Map.of("name", "World")));
            eventually("the job is done", SOON, () -> greeted.contains("World"));
        }
    }

    @Test
    void a_job_of_a_transaction_exists_when_that_commits_and_never_when_it_rolls_back()
            throws SQLException, InterruptedException {
        NewJob kept = NewJob.of("globex", "greet").params(Map.of("name", "kept"));
        NewJob dropped = NewJob.of("globex", "greet").params(Map.of("name", "dropped"));
        try (Engine engine = greeter().build();
                HikariDataSource callers = source(url, "public");
                Connection connection = callers.getConnection()) {
            engine.lanes().open(new TenantId("globex"), 10);
            engine.start();
            connection.setAutoCommit(false);
            engine.enqueue(connection, List.of(dropped));
            connection.rollback();
            engine.enqueue(connection, List.of(kept));
            connection.commit();
            engine.committed(List.of(kept));
            eventually("the kept job is done", SOON, () -> greeted.contains("kept"));
        }
        assertThat(greeted).containsExactly("kept");
    }

    @Test
    void a_data_source_that_does_not_see_the_schema_is_refused_with_what_to_do() {
        try (HikariDataSource blind = source(url, "public")) {
            assertThatThrownBy(() -> Engine.builder(blind).build())
                    .hasMessageContaining("currentSchema=convergence");
        }
    }
}
