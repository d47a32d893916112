package dev.convergence.engine.queue;

import dev.convergence.engine.sql.Database;
import java.util.Map;

/// Installation-wide resources by name.
public final class Pools {

    private final Database database;

    public Pools(Database database) {
        this.database = database;
    }

    /// Makes pools known, or changes their capacities.
    public void declare(Map<String, Integer> capacities) {
        database.transact(handle -> PermitStore.declare(handle, capacities));
    }

    public boolean isDeclared(String name) {
        return database.read(handle -> PermitStore.isDeclared(handle, name));
    }
}
