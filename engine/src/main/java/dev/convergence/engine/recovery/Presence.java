package dev.convergence.engine.recovery;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A lock that a process holds in PostgreSQL as long as it has a connection of its own.
///
/// A process that is killed loses it at once, wherever it ran: the kernel closes its connections. A
/// process that is frozen keeps it. So it tells a dead node from a silent one on another machine.
public final class Presence {

    /// All locks of nodes have this first half: the letters of our name.
    private static final int CLASS = 0x436f6e76;

    private final int number = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
    private volatile boolean isShown;

    private static final String TAKE = "SELECT pg_advisory_lock_shared(?, ?)";

    /// Takes the lock on a connection that stays this process's own.
    public void take(Connection own) throws SQLException {
        call(own, TAKE);
    }

    private static final String GIVE_BACK = "SELECT pg_advisory_unlock_shared(?, ?)";

    /// Gives it back before somebody else gets the connection.
    public void giveBack(Connection own) throws SQLException {
        isShown = false;
        call(own, GIVE_BACK);
    }

    private void call(Connection own, String sql) throws SQLException {
        try (PreparedStatement statement = own.prepareStatement(sql)) {
            statement.setInt(1, CLASS);
            statement.setInt(2, number);
            statement.execute();
        }
    }

    /// Whether the lock says anything: behind a pooler of transactions a connection is nobody's
    /// own.
    public void show(boolean isOwn) {
        isShown = isOwn;
    }

    /// By what others find the lock; null as long as it says nothing.
    @Nullable Integer number() {
        return isShown ? number : null;
    }

    /// Whether the process that has this lock is known to be gone.
    static boolean isGone(Handle handle, int number) {
        return !NodeStore.isLocked(handle, CLASS, number);
    }
}
