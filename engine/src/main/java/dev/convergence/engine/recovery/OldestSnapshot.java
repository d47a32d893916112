package dev.convergence.engine.recovery;

import dev.convergence.engine.sql.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Who keeps vacuum from removing dead rows: the holder of the oldest snapshot that is still in
/// use.
///
/// Every claim leaves dead rows behind. As long as somebody could still see them they stay, and
/// each claim has to pass over them.
public final class OldestSnapshot {

    /// What can hold a snapshot.
    public enum Kind {
        SESSION,
        REPLICATION_SLOT,
        PREPARED_TRANSACTION
    }

    /// @param name user of a session, name of a slot or of a prepared transaction
    /// @param application what a session calls itself; the kind of a slot; the owner of a prepared
    ///   transaction
    /// @param xmin the oldest transaction whose traces must stay
    /// @param transactions how many transactions began since
    /// @param heldAtLeast by the database's clock: its last query began no later than this ago
    /// @param since the begin of the transaction; unknown for a slot
    /// @param queryStartedAt the begin of a session's last query
    public record Holder(
            Kind kind,
            String name,
            @Nullable Integer pid,
            String application,
            String xmin,
            long transactions,
            Duration heldAtLeast,
            @Nullable Instant since,
            @Nullable Instant queryStartedAt) {

        /// Whether it is the same snapshot as at an earlier look.
        public boolean isSameAs(Holder earlier) {
            return kind == earlier.kind
                    && name.equals(earlier.name)
                    && xmin.equals(earlier.xmin)
                    && Objects.equals(pid, earlier.pid);
        }
    }

    // A session that has written holds back by its own number, even while it has no snapshot. A
    // snapshot is no younger than the session's last query; a replica's session has had the same
    // query since it connected, and says nothing about its age. Vacuum itself is not waited for.
    private static final String OLDEST =
            """
            SELECT kind, name, pid, application, xmin::text AS xmin, age(xmin) AS transactions, since,
                   query_start, COALESCE(extract(epoch FROM clock_timestamp() - held), 0) AS held_seconds
            FROM (
                SELECT 'SESSION' AS kind, usename::text AS name, pid, application_name AS application,
                       CASE WHEN backend_xmin IS NULL OR age(backend_xid) > age(backend_xmin)
                            THEN backend_xid ELSE backend_xmin END AS xmin,
                       xact_start AS since, query_start,
                       CASE WHEN backend_type <> 'walsender' THEN query_start END AS held
                FROM pg_stat_activity
                WHERE (backend_xmin IS NOT NULL OR backend_xid IS NOT NULL)
                  AND (datname = current_database() OR datname IS NULL)
                  AND pid <> pg_backend_pid() AND backend_type <> 'autovacuum worker'
                  AND pid NOT IN (SELECT pid FROM pg_stat_progress_vacuum)
                UNION ALL
                SELECT 'REPLICATION_SLOT', slot_name::text, active_pid, slot_type, xmin, NULL, NULL, NULL
                FROM pg_replication_slots WHERE xmin IS NOT NULL
                UNION ALL
                SELECT 'PREPARED_TRANSACTION', gid, NULL, owner::text, transaction, prepared, NULL, prepared
                FROM pg_prepared_xacts WHERE database = current_database()) AS holder
            ORDER BY age(xmin) DESC, held LIMIT 1
            """;

    private OldestSnapshot() {}

    /// The holder of the oldest snapshot; empty when nobody else has one.
    public static Optional<Holder> find(Database database) {
        return database.read(OldestSnapshot::find);
    }

    private static Optional<Holder> find(Handle handle) {
        return handle.createQuery(OLDEST).map((row, _) -> holder(row)).findOne();
    }

    private static Holder holder(ResultSet row) throws SQLException {
        return new Holder(
                Kind.valueOf(row.getString("kind")),
                text(row, "name"),
                row.getObject("pid", Integer.class),
                text(row, "application"),
                row.getString("xmin"),
                row.getLong("transactions"),
                Duration.ofMillis(Math.round(1000 * row.getDouble("held_seconds"))),
                instant(row, "since"),
                instant(row, "query_start"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static final String DEAD_ROWS =
            """
            SELECT s.relname, s.n_dead_tup FROM pg_stat_user_tables s JOIN pg_class c ON c.oid = s.relid
            WHERE s.schemaname = current_schema() AND NOT c.relispartition
            """;

    /// How many dead rows each table has that is not a day's partition, as the database estimates.
    public static Map<String, Long> deadRows(Database database) {
        Map<String, Long> dead = new TreeMap<>();
        List<Map.Entry<String, Long>> rows =
                database.read(handle ->
                        handle.createQuery(DEAD_ROWS)
                                .map((row, _) -> Map.entry(row.getString(1), row.getLong(2)))
                                .list());
        rows.forEach(row -> dead.put(row.getKey(), row.getValue()));
        return dead;
    }
}
