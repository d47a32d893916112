package dev.convergence.engine;

import dev.convergence.engine.sql.CentralTableStore;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.sql.Migrations;
import java.util.List;
import javax.sql.DataSource;

/// Brings the central tables up to date on demand; a second time changes nothing.
public final class Bootstrap {

    private final DataSource source;
    private final Database database;

    public Bootstrap(DataSource source) {
        this.source = source;
        database = new Database(source);
    }

    /// @param existed by name, in order
    /// @param isNew whether there was nothing before
    public record Done(List<String> created, List<String> existed, boolean isNew) {}

    public Done run() {
        List<String> before = tables();
        Migrations.migrate(source);
        List<String> created = tables().stream().filter(name -> !before.contains(name)).toList();
        return new Done(created, before, before.isEmpty());
    }

    private List<String> tables() {
        return database.read(CentralTableStore::names);
    }
}
