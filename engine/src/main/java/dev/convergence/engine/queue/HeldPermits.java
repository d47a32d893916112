package dev.convergence.engine.queue;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.NodeId;
import dev.convergence.engine.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Permits of holders that were lost, but are not known to be dead.
///
/// A frozen process keeps its connection to what a pool guards, and goes on when it thaws. So its
/// run ends, and its permit stays, until the holder itself says that the work has stopped, or
/// somebody knows that it is dead.
public final class HeldPermits {

    /// So long is the permit of a holder kept that nobody hears of and nobody can look at: longer
    /// than a model usually goes on writing for somebody who is not there any more.
    public static final Duration SILENT_MAX = Duration.ofMinutes(10);

    private final Database database;
    private final Queue queue;

    public HeldPermits(Database database, Queue queue) {
        this.database = database;
        this.queue = queue;
    }

    /// A process that held permits when it was lost.
    ///
    /// @param presence the lock by which it showed itself; null when there was none
    public record Holder(
            String host, long pid, @Nullable Instant pidStartedAt, @Nullable Integer presence) {}

    /// @param until when nobody waits for its holder any more
    public record Held(String pool, JobId job, long token, Holder holder, Instant until) {}

    /// Keeps the permits of a node that is being taken out of the table, in that transaction: so
    /// whoever ends its runs finds them kept.
    public void keep(Handle handle, NodeId node, Holder holder, Instant until) {
        PermitStore.keep(handle, node, holder, until);
    }

    /// Keeps the permits of claims that somebody else is about to end: their holders give them back
    /// when they have stopped.
    public void keep(Collection<JobId> jobs, Instant now) {
        database.transact(handle -> PermitStore.keep(handle, jobs, now.plus(SILENT_MAX)));
    }

    public List<Held> all() {
        return database.read(PermitStore::held);
    }

    /// Gives one back, once its run has ended.
    public void free(Held held) {
        if (database.read(handle -> PermitStore.free(handle, held))) {
            queue.retryParked(Set.of(held.pool()));
        }
    }
}
