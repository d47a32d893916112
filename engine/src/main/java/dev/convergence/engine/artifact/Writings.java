package dev.convergence.engine.artifact;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Database;
import java.util.List;

/// What a tenant's jobs have written before: stories and research cards of completed runs, for the
/// next ones to build on and to differ from.
public final class Writings {

    private final Database database;

    public Writings(Database database) {
        this.database = database;
    }

    /// What is looked for.
    public enum Kind {
        STORY("story%.md"),
        CARD("card.json");

        private final String names;

        Kind(String names) {
            this.names = names;
        }
    }

    /// The newest first.
    public List<byte[]> newest(TenantId tenant, Kind kind, int atMost) {
        return database.read(handle -> WritingStore.newest(handle, tenant, kind.names, atMost));
    }
}
