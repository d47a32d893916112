package dev.convergence.engine.sql;

import java.util.List;
import org.jdbi.v3.core.Handle;

/// The central tables as people know them: the schema `tenants`.
public final class CentralTableStore {

    private CentralTableStore() {}

    private static final String NAMES =
            """
            SELECT c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
            WHERE n.nspname = 'tenants' AND c.relkind IN ('r', 'p', 'v') ORDER BY c.relname
            """;

    public static List<String> names(Handle handle) {
        return handle.createQuery(NAMES).mapTo(String.class).list();
    }
}
