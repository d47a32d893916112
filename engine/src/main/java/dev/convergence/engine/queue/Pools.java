package dev.convergence.engine.queue;

import dev.convergence.engine.sql.Database;
import java.util.Map;
import java.util.TreeMap;

/// Installation-wide resources by name.
public final class Pools {

    private final Database database;

    public Pools(Database database) {
        this.database = database;
    }

    /// Makes pools known, or changes their capacities; in the order of their names, so that nodes
    /// that start together do not wait for each other in a circle.
    public void declare(Map<String, Integer> capacities) {
        database.transact(handle -> PermitStore.declare(handle, new TreeMap<>(capacities)));
    }

    public boolean isDeclared(String name) {
        return database.read(handle -> PermitStore.isDeclared(handle, name));
    }
}
