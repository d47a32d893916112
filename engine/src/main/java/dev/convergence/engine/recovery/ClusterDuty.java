package dev.convergence.engine.recovery;

import dev.convergence.engine.loop.Duty;
import dev.convergence.engine.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

/// A duty that one node at a time does for all.
///
/// There is no leader: whoever first finds it due takes the turn. A node that dies in its turn
/// costs one turn; a round that could not do everything is repeated soon, by whoever comes first.
public final class ClusterDuty implements Duty {

    private final Database database;
    private final String name;
    private final Duration every;
    private final Duration soon;
    private final Predicate<Instant> work;

    /// @param soon how long after a round that left something undone
    /// @param work answers whether everything was done
    public ClusterDuty(
            Database database,
            String name,
            Duration every,
            Duration soon,
            Predicate<Instant> work) {
        this.database = database;
        this.name = name;
        this.every = every;
        this.soon = soon;
        this.work = work;
    }

    @Override
    public boolean runOnce(Instant now) {
        if (database.inTransaction(handle -> DutyStore.take(handle, name, every, now))) {
            boolean whole = false;
            try {
                whole = work.test(now);
            } finally {
                if (!whole) {
                    repeat(now);
                }
            }
        }
        return false;
    }

    private void repeat(Instant now) {
        database.transact(handle -> DutyStore.dueAgain(handle, name, every, now.plus(soon)));
    }
}
