package dev.convergence.engine.sql;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// Brings the schema `convergence` of a database to what this version needs; only ever forward.
public final class Migrations {

    public static final String SCHEMA = "convergence";

    private Migrations() {}

    /// Safe from several nodes at once: Flyway holds a lock while it works.
    public static int migrate(DataSource source) {
        return Flyway.configure()
                .dataSource(source)
                .schemas(SCHEMA)
                .locations("classpath:db/migration")
                .load()
                .migrate()
                .migrationsExecuted;
    }
}
