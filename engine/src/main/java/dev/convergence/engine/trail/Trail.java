package dev.convergence.engine.trail;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The audit log. A write is begun here before it happens: what cannot be begun must not happen,
/// and what was begun and never ended is shown as that.
public final class Trail {

    private final Database database;

    public Trail(Database database) {
        this.database = database;
    }

    public void begin(Beginning beginning) {
        database.read(handle -> TrailStore.begin(handle, beginning));
    }

    public void end(Ending ending) {
        database.read(handle -> TrailStore.end(handle, ending));
    }

    /// Newest first.
    public List<Entry> list(TrailFilter filter) {
        return database.read(handle -> TrailStore.list(handle, filter));
    }

    public Optional<Entry> find(UUID id) {
        return database.read(handle -> TrailStore.find(handle, id));
    }

    /// What was done to one thing by certain actions and came about, newest first.
    public List<Entry> history(Thing thing, @Nullable UUID before, int limit) {
        return database.read(handle -> HistoryStore.of(handle, thing, before, limit));
    }

    /// Since when a tenant is there: an earlier one of its name is none of its business.
    public Optional<Instant> since(TenantId tenant) {
        return database.read(handle -> TrailStore.since(handle, tenant));
    }
}
