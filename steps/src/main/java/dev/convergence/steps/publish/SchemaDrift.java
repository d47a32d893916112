package dev.convergence.steps.publish;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.steps.duckdb.Identifier;
import dev.convergence.steps.duckdb.Session;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;

/// Makes the tenant's table fit the staged one: a missing table is created, a new column is added.
/// A column that went away or changed its type stops the load.
final class SchemaDrift {

    private SchemaDrift() {}

    static void settle(Session session, StagedTable staged) throws SQLException {
        Map<String, String> present = StagedTable.columns(session, "tenant", staged.name());
        if (present.isEmpty()) {
            create(session, staged);
            return;
        }
        rename(session, staged, present);
        refuseLosses(staged, present);
        for (Map.Entry<String, String> column : staged.columns().entrySet()) {
            if (!present.containsKey(column.getKey())) {
                add(session, staged.name(), column.getKey(), column.getValue());
            }
        }
    }

    /// Each column is named: of a table that is created WITH NO DATA and filled in the same
    /// transaction, DuckDB 2.0.0 shows no row of a load that is longer than a row group.
    private static void create(Session session, StagedTable staged) throws SQLException {
        String columns =
                staged.columns().entrySet().stream()
                        .map(column -> Identifier.quoted(column.getKey()) + " " + column.getValue())
                        .collect(Collectors.joining(", "));
        session.execute("CREATE TABLE tenant.%s (%s)".formatted(staged.name(), columns));
    }

    /// Columns that got another name with a later version of this program.
    private static final Map<String, String> RENAMED = Map.of("x_SourceChanges", "x_fixups");

    private static void rename(Session session, StagedTable staged, Map<String, String> present)
            throws SQLException {
        for (Map.Entry<String, String> name : RENAMED.entrySet()) {
            String type = present.get(name.getKey());
            if (type != null && staged.columns().containsKey(name.getValue())) {
                session.execute(
                        "ALTER TABLE tenant.%s RENAME COLUMN %s TO %s"
                                .formatted(
                                        staged.name(),
                                        Identifier.quoted(name.getKey()),
                                        Identifier.quoted(name.getValue())));
                present.remove(name.getKey());
                present.put(name.getValue(), type);
            }
        }
    }

    private static void refuseLosses(StagedTable staged, Map<String, String> present) {
        present.forEach((column, type) -> {
            String now = staged.columns().get(column);
            if (now == null) {
                throw drift(staged.name() + " has lost the column " + column);
            }
            if (!now.equals(type)) {
                throw drift(
                        "%s.%s was %s and now is %s".formatted(staged.name(), column, type, now));
            }
        });
    }

    private static void add(Session session, String table, String column, String type)
            throws SQLException {
        session.execute(
                "ALTER TABLE tenant.%s ADD COLUMN %s %s"
                        .formatted(table, Identifier.quoted(column), type));
    }

    private static EngineException drift(String what) {
        return new EngineException(
                ErrorCode.CONFLICT,
                "The table's shape has changed: " + what + "; nothing was loaded.");
    }
}
