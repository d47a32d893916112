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

    // What an attempt left that failed does not count: its retry may write the same. The first line
    // of conditions is that of the index.
    private static final String NEWEST =
            """
            SELECT bytes FROM artifact
            WHERE (name LIKE 'story%.md' OR name = 'card.json') AND tenant_id = :tenant AND name LIKE :names
              AND EXISTS (SELECT 1 FROM run WHERE run.job_id = artifact.job_id AND run.state = 'COMPLETED')
            ORDER BY job_id DESC, name DESC LIMIT :atMost
            """;

    /// The newest first.
    public List<byte[]> newest(TenantId tenant, Kind kind, int atMost) {
        return database.read(handle ->
                handle.createQuery(NEWEST)
                        .bind("tenant", tenant.value())
                        .bind("names", kind.names)
                        .bind("atMost", atMost)
                        .mapTo(byte[].class)
                        .list());
    }
}
