package dev.convergence.engine.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.convergence.engine.MigratedDatabase;
import dev.convergence.engine.artifact.Writings.Kind;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.recovery.Partitions;
import dev.convergence.engine.sql.Database;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The newest texts of a tenant, and what it costs to find them.
class WritingsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId GLOBEX = new TenantId("globex");

    private HikariDataSource source;
    private Database database;
    private Writings writings;

    @BeforeEach
    void open() {
        String url = MigratedDatabase.url();
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(2);
        pool.setConnectionInitSql("SET search_path = convergence");
        source = new HikariDataSource(pool);
        database = new Database(source);
        new Partitions(database).make(NOW);
        writings = new Writings(database);
    }

    @AfterEach
    void close() {
        source.close();
    }

    @Test
    void only_texts_of_the_tenants_completed_runs_are_found_the_newest_first() {
        wrote(ACME, "COMPLETED", 0, "story.md", "oldest");
        wrote(ACME, "COMPLETED", 60, "story-2.md", "middle");
        wrote(ACME, "COMPLETED", 90_000, "story.md", "newest");
        wrote(ACME, "FAILED", 90_060, "story.md", "failed");
        wrote(GLOBEX, "COMPLETED", 120, "story.md", "foreign");
        wrote(ACME, "COMPLETED", 180, "card.json", "card");
        wrote(ACME, "COMPLETED", 240, "echo", "echo");

        assertThat(texts(Kind.STORY, 10)).containsExactly("newest", "middle", "oldest");
        assertThat(texts(Kind.STORY, 2)).containsExactly("newest", "middle");
        assertThat(texts(Kind.CARD, 10)).containsExactly("card");
    }

    @Test
    void few_of_many_are_found_without_reading_the_others() {
        database.transact(handle -> {
            handle.execute(
                    """
                    INSERT INTO run (job_id, tenant_id, state, started_at, finished_at)
                    SELECT uuidv7(n * interval '-1 second'), 'acme', 'COMPLETED', now(), now()
                    FROM generate_series(1, 50000) n
                    """);
            handle.execute(
                    """
                    INSERT INTO artifact (job_id, name, tenant_id, media_type, bytes, sha256, stored_at)
                    SELECT job_id, name, tenant_id, 'text/markdown', 'a', '', now()
                    FROM run, (VALUES ('story.md'), ('echo')) AS names (name)
                    """);
        });
        database.read(handle -> handle.execute("ANALYZE"));

        List<String> plan =
                database.read(handle ->
                        handle.createQuery(
                                        "EXPLAIN (ANALYZE, BUFFERS OFF, TIMING OFF) "
                                                + WritingStore.NEWEST)
                                .bind("tenant", "acme")
                                .bind("names", "story%.md")
                                .bind("atMost", 50)
                                .mapTo(String.class)
                                .list());

        assertThat(plan)
                .noneMatch(
                        line -> line.matches(".*(actual rows=|Rows Removed by Filter: )\\d{4,}.*"));
    }

    private List<String> texts(Kind kind, int atMost) {
        return writings.newest(ACME, kind, atMost).stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .toList();
    }

    private void wrote(TenantId tenant, String state, long seconds, String name, String text) {
        JobId job = JobId.next(NOW.plusSeconds(seconds));
        database.transact(handle -> {
            handle.execute(
                    "INSERT INTO run (job_id, tenant_id, state, started_at, finished_at) VALUES (?, ?, ?, now(), now())",
                    job.value(),
                    tenant.value(),
                    state);
            handle.execute(
                    "INSERT INTO artifact VALUES (?, ?, ?, 'text/markdown', ?, '', now())",
                    job.value(),
                    name,
                    tenant.value(),
                    text.getBytes(StandardCharsets.UTF_8));
        });
    }
}
