package dev.convergence.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.convergence.engine.MigratedDatabase;
import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.queue.DueJobs;
import dev.convergence.engine.quota.QuotaLedger;
import dev.convergence.engine.sql.Database;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A day begins without a row, and the plans that are made then stay while it fills.
class EmptyDayTest {

    private static final Instant MIDNIGHT = Instant.parse("2026-11-22T00:00:00Z");
    private static final int HERD = 5_000;
    private static final int ASKED = 100;

    /// As often as the driver wants to see a statement before the server keeps its plan, and more.
    private static final int CALLS_UNTIL_PLANNED = 8;

    private final HikariDataSource source = new HikariDataSource(pool());
    private final Database database = new Database(source);

    private static HikariConfig pool() {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(MigratedDatabase.url());
        pool.setSchema("convergence");
        pool.setMaximumPoolSize(1); // whose plans are those that the test is about
        return pool;
    }

    @BeforeEach
    void make() {
        database.transact(handle -> {
            handle.execute("SET LOCAL session_replication_role = replica");
            handle.createUpdate(TENANTS).bind("now", MIDNIGHT).bind("herd", HERD).execute();
            handle.execute("ANALYZE");
        });
    }

    @AfterEach
    void close() {
        source.close();
    }

    private static final String TENANTS =
            """
            WITH made AS (
                INSERT INTO tenant (tenant_id, company_name, admin_email, created_at, updated_at)
                SELECT 'tenant-' || i, 'x', 'x', :now, :now FROM generate_series(1, :herd) AS i
                RETURNING tenant_id)
            INSERT INTO subscription (subscription_id, tenant_id, plan_name, daily_limit, monthly_limit,
                concurrent_limit, max_team_members, max_providers, subscription_start_date, created_at, updated_at)
            SELECT gen_random_uuid(), tenant_id, 'SCALE', 1000, 1000, 10, 1, 1, '2026-01-01', :now, :now FROM made
            """;

    private static final String SLOTS =
            """
            INSERT INTO slot (tenant_id, config_id, due_at, outcome, decided_at)
            SELECT 'tenant-' || i, lpad(to_hex(i), 32, '0')::uuid, :now, 'SKIPPED_MISSED', :now
            FROM generate_series(1, :herd) AS i
            """;

    @Test
    void the_ledger_is_read_for_the_instants_that_are_asked_for_alone() {
        ToIntFunction<Handle> decided = handle -> ScheduleStore.decided(handle, instants()).size();

        planned(decided, 0);
        fill(SLOTS);

        assertThat(rowsRead(decided, "slot%")).isBetween((long) ASKED, 2L * ASKED);
    }

    private static final String USAGE =
            """
            INSERT INTO quota_usage (tenant_id, usage_date, created_at, updated_at)
            SELECT 'tenant-' || i, (:now AT TIME ZONE 'UTC')::date, :now, :now FROM generate_series(1, :herd) AS i
            """;

    @Test
    void usage_is_read_for_the_tenants_that_are_asked_for_alone() {
        ToIntFunction<Handle> locked =
                handle -> QuotaLedger.lock(handle, tenants(), MIDNIGHT).size();

        planned(locked, ASKED);
        fill(USAGE);

        // Twice, with what the calls before have left of theirs.
        assertThat(rowsRead(locked, "quota_usage"))
                .isBetween((long) ASKED, 2L * ASKED * (CALLS_UNTIL_PLANNED + 2));
    }

    /// Each call is undone, so that the tables stay empty.
    private void planned(ToIntFunction<Handle> work, int expected) {
        for (int call = 0; call < CALLS_UNTIL_PLANNED; call++) {
            assertThat(undone(work)).isEqualTo(expected);
        }
    }

    private int undone(ToIntFunction<Handle> work) {
        return database.read(handle -> {
            handle.begin();
            DueJobs.fixPlans(handle);
            int found = work.applyAsInt(handle);
            handle.rollback();
            return found;
        });
    }

    private static List<ScheduleStore.DueInstant> instants() {
        return IntStream.rangeClosed(1, ASKED)
                .mapToObj(i -> new ConfigId(new UUID(0, i)))
                .map(config -> new ScheduleStore.DueInstant(config, MIDNIGHT))
                .toList();
    }

    private static List<TenantId> tenants() {
        return IntStream.rangeClosed(1, ASKED).mapToObj(i -> new TenantId("tenant-" + i)).toList();
    }

    private void fill(String rows) {
        database.transact(handle ->
                handle.createUpdate(rows).bind("now", MIDNIGHT).bind("herd", HERD).execute());
    }

    private static final String ROWS_READ =
            """
            SELECT sum(idx_tup_fetch + seq_tup_read)::bigint FROM pg_stat_xact_user_tables WHERE relname LIKE :tables
            """;

    private long rowsRead(ToIntFunction<Handle> work, String tables) {
        return database.inTransaction(handle -> {
            DueJobs.fixPlans(handle);
            assertThat(work.applyAsInt(handle)).isEqualTo(ASKED);
            return handle.createQuery(ROWS_READ).bind("tables", tables).mapTo(long.class).one();
        });
    }
}
