package dev.convergence.engine.queue;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.queue.RepairStore.Flight;
import dev.convergence.engine.sql.Database;

/// Removes what belongs to nothing: after a restored backup, or somebody's hand in the tables.
///
/// The engine leaves no such rows behind; where there are none, nothing is changed.
public final class Repairs {

    private final Database database;

    public Repairs(Database database) {
        this.database = database;
    }

    /// How many rows of each kind were put right.
    public record Repaired(int tickets, int permits, int flights, int lanes) {}

    public Repaired repair() {
        int tickets = database.inTransaction(RepairStore::removeTickets);
        int permits = database.inTransaction(RepairStore::freePermits);
        return new Repaired(tickets, permits, endFlights(), recountLanes());
    }

    private int endFlights() {
        int ended = 0;
        for (Flight flight : database.read(RepairStore::landed)) {
            ended += database.inTransaction(handle -> RepairStore.end(handle, flight));
        }
        return ended;
    }

    private int recountLanes() {
        int corrected = 0;
        for (TenantId tenant : database.read(RepairStore::miscounted)) {
            corrected += database.inTransaction(handle -> RepairStore.recount(handle, tenant));
        }
        return corrected;
    }
}
