package dev.convergence.engine.queue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.convergence.engine.MigratedDatabase;
import dev.convergence.engine.id.NodeId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.recovery.Partitions;
import dev.convergence.engine.sql.Database;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// A queue of which the test decides how full it is, and what the planner believes of it.
final class FullDatabase implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final TenantId LARGE = new TenantId("tenant-0");
    static final NodeId NODE = new NodeId(new UUID(1, 1));

    final Explaining explaining = new Explaining();
    final Database database;
    private final Database direct;
    private final HikariDataSource source;

    FullDatabase() {
        String url = MigratedDatabase.url();
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(url);
        pool.setSchema("convergence");
        pool.setMaximumPoolSize(1);
        source = new HikariDataSource(pool);
        direct = new Database(source);
        new Partitions(direct).make(NOW);
        database = new Database(explaining.between(source));
        direct.transact(FullDatabase::keepVacuumAway);
    }

    private static void keepVacuumAway(Handle handle) {
        handle.execute(
                """
                DO $$ DECLARE name text; BEGIN
                    FOR name IN SELECT oid::regclass::text FROM pg_class
                                WHERE relkind = 'r' AND relnamespace = 'convergence'::regnamespace LOOP
                        EXECUTE format('ALTER TABLE %s SET (autovacuum_enabled = off)', name);
                    END LOOP;
                END $$
                """);
        handle.createQuery("SELECT setval('ticket_position', 100000000)").mapTo(long.class).one();
        handle.execute(
                "INSERT INTO node VALUES (?, 'here', 1, ?, 8, ?, ?)", NODE.value(), NOW, NOW, NOW);
    }

    // Every other ticket is of one tenant. An id's time is where its day's partition is.
    private static final String FILL =
            """
            CREATE TEMP TABLE made ON COMMIT DROP AS
            SELECT i, CASE WHEN i %% 2 = 0 THEN 'tenant-0' ELSE 'tenant-' || i / 2 %% %3$d END AS tenant_id,
                   (left(stamp, 8) || '-' || right(stamp, 4) || '-7000-8000-' || lpad(to_hex(2 * i), 12, '0'))::uuid AS id
            FROM generate_series(%1$d + 1, %2$d) AS i,
                 LATERAL (SELECT lpad(to_hex(1795348800000 + i), 12, '0') AS stamp) AS s;
            INSERT INTO lane (tenant_id, concurrent_limit, virtual_time, running, has_ready)
            SELECT 'tenant-' || i, 1000000, i, CASE i WHEN 0 THEN 10000 ELSE 1 END, true
            FROM generate_series(0, %3$d - 1) AS i ON CONFLICT DO NOTHING;
            INSERT INTO job (job_id, tenant_id, job_type, priority, position, trigger_type)
            SELECT id, tenant_id, 'note', 5, i, 'api' FROM made;
            INSERT INTO ready (tenant_id, priority, position, job_id) SELECT tenant_id, 5, i, id FROM made;
            INSERT INTO schedule (config_id, tenant_id, next_fire, is_enabled)
            SELECT id, tenant_id, timestamptz '2026-11-22 11:00:00Z' + i * interval '1 ms', true FROM made;
            INSERT INTO deferred (due_at, job_id, tenant_id, priority)
            SELECT timestamptz '2026-11-22 11:00:00Z' + i * interval '1 ms', id, tenant_id, 5 FROM made
            WHERE i <= 100000;
            INSERT INTO job (job_id, tenant_id, job_type, priority, trigger_type, flight_key)
            SELECT replace(id::text, '-8000-', '-9000-')::uuid, tenant_id, 'note', 5, 'api', 'key-' || i FROM made
            WHERE i <= 10000;
            INSERT INTO in_flight (tenant_id, flight_key, job_id)
            SELECT tenant_id, flight_key, job_id FROM job WHERE flight_key IS NOT NULL ON CONFLICT DO NOTHING;
            INSERT INTO lease (job_id, tenant_id, token, node_id, claimed_at)
            SELECT replace(id::text, '-8000-', '-9000-')::uuid, tenant_id, i, '%4$s',
                   timestamptz '2026-11-22 11:59:00Z' FROM made
            WHERE i <= 10000;
            """;

    /// Fills up from one number of tickets to another.
    void fill(int from, int to, int lanes) {
        direct.transact(handle -> {
            handle.execute("SET LOCAL session_replication_role = replica");
            for (String statement : FILL.formatted(from, to, lanes, NODE.value()).split(";", -1)) {
                if (!statement.isBlank()) {
                    handle.execute(statement);
                }
            }
        });
    }

    void analyze() {
        direct.read(handle -> handle.execute("ANALYZE"));
    }

    // What ANALYZE writes down for an empty table, or VACUUM for one that was full before.
    private static final String BELIEVE_EMPTY =
            """
            SELECT pg_restore_relation_stats('schemaname', 'convergence', 'relname', relname::text,
                                             'relpages', %s, 'reltuples', 0::real)
            FROM pg_class WHERE relkind IN ('r', 'p', 'i', 'I') AND relnamespace = 'convergence'::regnamespace
            """;

    /// The planner is to believe that nothing is there, and to plan anew.
    void believeEmpty() {
        believeEmpty("0");
    }

    /// The same, but its pages are known: of so many without a row nothing is to be expected.
    void believeEmptied() {
        believeEmpty("(pg_relation_size(oid) / 8192)::int");
    }

    private void believeEmpty(String pages) {
        direct.transact(handle -> {
            handle.createQuery(BELIEVE_EMPTY.formatted(pages)).mapTo(boolean.class).list();
            handle.execute(
                    """
                    DELETE FROM pg_statistic WHERE starelid IN
                        (SELECT oid FROM pg_class WHERE relnamespace = 'convergence'::regnamespace)
                    """);
            explaining.forget(handle);
        });
    }

    @Override
    public void close() {
        source.close();
    }
}
