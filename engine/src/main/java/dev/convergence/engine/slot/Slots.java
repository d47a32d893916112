package dev.convergence.engine.slot;

import dev.convergence.engine.sql.Database;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// What one can do with the ledger: add to it, and read it.
public final class Slots {

    private final Database database;

    public Slots(Database database) {
        this.database = database;
    }

    public List<Slot> list(SlotFilter filter) {
        return database.read(handle -> SlotStore.list(handle, filter));
    }

    /// Writes down what became of instants.
    ///
    /// @throws SlotTaken when one of them has its outcome already; the transaction is over then
    public static void add(Handle handle, Collection<Slot> slots) {
        SlotStore.copy(handle, slots);
    }

    /// Leaves instants to be written down later, a batch at a time; see [LedgerGap].
    public static void leave(Handle handle, Collection<LedgerGap> gaps, Instant now) {
        GapStore.insert(handle, gaps, now);
    }
}
