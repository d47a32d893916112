package dev.convergence.engine.tenant;

import dev.convergence.engine.sql.Database;
import java.util.List;

/// The SQL that looks whether the database is ready for tenants.
final class ReadinessStore {

    private static final List<String> TABLES =
            List.of(
                    "tenant",
                    "api_key",
                    "subscription",
                    "quota_usage",
                    "credential",
                    "pipeline_config",
                    "lane");

    boolean answers(Database database) {
        return database.read(handle -> handle.createQuery("SELECT 1").mapTo(Integer.class).one())
                == 1;
    }

    private static final String MISSING =
            """
            SELECT wanted FROM unnest(:tables) AS wanted WHERE to_regclass(wanted) IS NULL
            """;

    List<String> missingTables(Database database) {
        return database.read(handle ->
                handle.createQuery(MISSING)
                        .bindArray("tables", String.class, TABLES)
                        .mapTo(String.class)
                        .list());
    }
}
