package dev.convergence.engine.sql;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;

/// Brings the schema `convergence` of a database to what this version needs; only ever forward.
public final class Migrations {

    public static final String SCHEMA = "convergence";

    private Migrations() {}

    /// Safe from several nodes at once: Flyway holds a lock while it works.
    public static int migrate(DataSource source) {
        return flyway(source).migrate().migrationsExecuted;
    }

    /// How far a database has come.
    ///
    /// @param current the newest that was done; empty before the first
    /// @param pending how many this version has that are not done
    public record Standing(String current, int pending) {}

    public static Standing standing(DataSource source) {
        MigrationInfoService info = flyway(source).info();
        MigrationInfo newest = info.current();
        String current = newest == null ? "" : String.valueOf(newest.getVersion());
        return new Standing(current, info.pending().length);
    }

    private static Flyway flyway(DataSource source) {
        return Flyway.configure()
                .dataSource(source)
                .schemas(SCHEMA)
                .locations("classpath:db/migration")
                .load();
    }
}
