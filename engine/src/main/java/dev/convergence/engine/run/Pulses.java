package dev.convergence.engine.run;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Database;
import java.util.Collection;
import java.util.List;

/// Tells cheaply whether anything happens to tenants' jobs, for those who watch.
public final class Pulses {

    public static final int EXACT_MAX = 1_000;

    private final Database database;

    public Pulses(Database database) {
        this.database = database;
    }

    public List<Pulse> of(Collection<TenantId> tenants) {
        return tenants.isEmpty()
                ? List.of()
                : database.read(handle -> PulseStore.of(handle, tenants));
    }
}
