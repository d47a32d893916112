package dev.convergence.steps.duckdb;

import dev.convergence.engine.warehouse.Warehouse.Column;
import dev.convergence.engine.warehouse.Warehouse.Table;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The tables and views of a tenant's file.
final class TableList {

    private TableList() {}

    static List<Table> of(Path file) throws SQLException {
        try (Connection memory = TenantFile.inMemory();
                Session session = new Session(memory, Uncancelled.ALWAYS)) {
            TenantFile.attachReadOnly(memory, file);
            return tables(session);
        }
    }

    static List<String> namesOf(Path file) throws SQLException {
        try (Connection memory = TenantFile.inMemory();
                Session session = new Session(memory, Uncancelled.ALWAYS)) {
            TenantFile.attachReadOnly(memory, file);
            return session.list(NAMES, row -> row.getString(1));
        }
    }

    private static final String NAMES =
            """
            SELECT table_name, table_type
            FROM information_schema.tables
            WHERE table_catalog = 'tenant' AND table_schema = 'main'
            ORDER BY table_name
            """;

    private static List<Table> tables(Session session) throws SQLException {
        record Named(String name, String kind) {}
        List<Named> found =
                session.list(
                        NAMES,
                        row ->
                                new Named(
                                        row.getString(1),
                                        "VIEW".equals(row.getString(2)) ? "VIEW" : "TABLE"));
        List<Table> tables = new ArrayList<>();
        for (Named named : found) {
            tables.add(
                    new Table(
                            named.name(),
                            named.kind(),
                            rows(session, named.name()),
                            columns(session, named.name())));
        }
        return tables;
    }

    private static long rows(Session session, String table) throws SQLException {
        return session.one(
                "SELECT count(*) FROM tenant." + Identifier.quoted(table), row -> row.getLong(1));
    }

    private static final String COLUMNS =
            """
            SELECT column_name, data_type
            FROM information_schema.columns
            WHERE table_catalog = 'tenant' AND table_schema = 'main' AND table_name = ?
            ORDER BY ordinal_position
            """;

    private static List<Column> columns(Session session, String table) throws SQLException {
        return session.list(COLUMNS, row -> new Column(row.getString(1), row.getString(2)), table);
    }
}
