package dev.convergence.engine.queue;

import static dev.convergence.engine.queue.FullDatabase.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.convergence.engine.MigratedDatabase;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.sql.Database;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A day's partition begins without a job, and the plans that are made then stay while it fills.
class EmptyPartitionTest {

    private static final int HERD = 5_000;
    private static final int ASKED = 20;

    /// As often as the driver wants to see a statement before the server keeps its plan, and more.
    private static final int CALLS_UNTIL_PLANNED = 16;

    private static final String JOBS =
            """
            INSERT INTO job (job_id, tenant_id, job_type, priority, position, trigger_type)
            SELECT id_floor(:now::timestamptz + n * interval '1 millisecond'), 'acme', 'note', 5, n, 'api'
            FROM generate_series(1, :herd) AS n
            """;

    private static final String IDS = "SELECT job_id FROM job ORDER BY job_id LIMIT " + ASKED;

    private static final String READ_WHOLE =
            "SELECT COALESCE(sum(seq_tup_read), 0)::bigint FROM pg_stat_user_tables WHERE relname LIKE 'job%'";

    private static HikariConfig pool() {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(MigratedDatabase.url());
        pool.setSchema("convergence");
        pool.setMaximumPoolSize(1); // whose plans are those that the test is about
        return pool;
    }

    @Test
    void a_claims_jobs_are_read_by_their_ids_after_its_commit() {
        try (HikariDataSource source = new HikariDataSource(pool())) {
            Database database = new Database(source);
            for (int call = 0; call < CALLS_UNTIL_PLANNED; call++) {
                assertThat(found(database, List.of(JobId.next(NOW)))).isZero();
            }
            database.transact(handle ->
                    handle.createUpdate(JOBS).bind("now", NOW).bind("herd", HERD).execute());
            List<JobId> ids =
                    database
                            .read(handle -> handle.createQuery(IDS).mapTo(UUID.class).list())
                            .stream()
                            .map(JobId::of)
                            .toList();
            long before = readWhole(database);

            IntStream.range(0, CALLS_UNTIL_PLANNED)
                    .forEach(_ -> assertThat(found(database, ids)).isEqualTo(ASKED));

            assertThat(readWhole(database) - before).isLessThan(HERD);
        }
    }

    private static int found(Database database, List<JobId> ids) {
        return database.inTransaction(handle -> {
            ClaimStore.fixPlans(handle);
            return JobStore.findOnceCommitted(handle, ids).size();
        });
    }

    private static long readWhole(Database database) {
        return database.read(handle -> {
            handle.execute("SELECT pg_stat_force_next_flush()");
            return handle.createQuery(READ_WHOLE).mapTo(long.class).one();
        });
    }
}
