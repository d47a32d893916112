package dev.convergence.engine;

import dev.convergence.engine.id.TimeOrderedId;
import dev.convergence.engine.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// Asks whether the books are in order: one line for each [Invariant] that does not hold.
///
/// For tests, and for operators. Nothing is locked and nothing is changed.
public final class Audit {

    private static final int ROWS_MAX = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private Audit() {}

    /// What is broken of that which must hold at any moment, in the whole of the history.
    public static List<String> violations(Database database) {
        return violations(database, Instant.EPOCH);
    }

    /// The same, of jobs made at or after an instant: where there are millions, a day takes
    /// seconds.
    public static List<String> violations(Database database, Instant since) {
        return broken(database, EnumSet.of(Kind.LIVE, Kind.HISTORY), since, Instant.EPOCH);
    }

    /// What should have happened by now, where nodes are running; or what claims to be of a later
    /// time. A line may be of work that is just being done: broken is what a second look, ten
    /// seconds later, finds again.
    public static List<String> late(Database database, Instant now) {
        return broken(database, EnumSet.of(Kind.CLOCK), Instant.EPOCH, now);
    }

    private static List<String> broken(
            Database database, Set<Kind> kinds, Instant since, Instant now) {
        Map<String, Object> values =
                Map.of(
                        "since",
                        TimeOrderedId.floor(since),
                        "patience",
                        TimeOrderedId.floor(now.minus(PATIENCE)),
                        "now",
                        now);
        return Stream.of(Invariant.values())
                .filter(invariant -> kinds.contains(invariant.kind()))
                .flatMap(invariant -> line(database, invariant, values))
                .toList();
    }

    private static Stream<String> line(
            Database database, Invariant invariant, Map<String, Object> values) {
        List<String> rows =
                database.inTransaction(handle -> rows(handle, invariant.query(), values));
        return rows.isEmpty()
                ? Stream.empty()
                : Stream.of(
                        "not so: " + invariant.number() + " " + invariant.sentence() + ": " + rows);
    }

    private static final String BOUNDED = "SET LOCAL statement_timeout = '5min'";

    private static final String FIRST_ROWS = "SELECT * FROM (%s) AS broken LIMIT " + ROWS_MAX;

    private static List<String> rows(Handle handle, String query, Map<String, Object> values) {
        handle.execute(BOUNDED);
        var statement = handle.createQuery(FIRST_ROWS.formatted(query));
        values.forEach((name, value) -> {
            if (query.contains(":" + name)) {
                statement.bind(name, value);
            }
        });
        return statement.mapTo(String.class).list();
    }
}
