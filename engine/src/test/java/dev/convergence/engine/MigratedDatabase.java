package dev.convergence.engine;

import dev.convergence.engine.sql.Migrations;
import dev.convergence.testkit.TestPostgres;

/// Databases with the schema already there: copies of one that is migrated once in a JVM.
public final class MigratedDatabase {

    private static final String FIRST = first();

    private MigratedDatabase() {}

    /// The URL of a database of its own.
    public static String url() {
        return TestPostgres.copyOf(FIRST);
    }

    private static String first() {
        String url = TestPostgres.freshDatabase();
        Migrations.migrate(TestPostgres.dataSource(url));
        return url;
    }
}
