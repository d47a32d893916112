package dev.convergence.steps.query;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.warehouse.Warehouse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Answers one query inside its own process: checks the syntax tree first, then runs the very same
/// text on a connection that could not do harm either.
final class Sandbox {

    private static final long BUSY_PAUSE_NANOS = 50_000_000;
    private static final Set<String> FUNCTIONS = functions();

    private Sandbox() {}

    static QueryAnswer answer(QueryRequest request) {
        Path file = Path.of(request.databaseFile());
        String catalog = catalog(file);
        long started = System.nanoTime();
        try (Connection connection = open(request, true)) {
            new SelectOnly(LockedConnection.names(connection, catalog), FUNCTIONS)
                    .check(tree(connection, request.sql()));
            try (Deadline deadline = new Deadline(request.timeMillis())) {
                return new Reading(connection, request, deadline).rows(started);
            }
        } catch (SQLException e) {
            return QueryAnswer.refused(Complaint.of(e, file));
        } catch (EngineException refusal) {
            return QueryAnswer.refused(refusal);
        }
    }

    /// A load of another node holds the file for moments only, so it is worth a third of the time.
    static Connection open(QueryRequest request, boolean streaming) throws SQLException {
        Path file = Path.of(request.databaseFile());
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(request.timeMillis()) / 3;
        while (true) {
            try {
                return LockedConnection.open(
                        file, catalog(file), request.memoryMegabytes(), streaming);
            } catch (SQLException e) {
                if (!Complaint.busy(e) || System.nanoTime() > end) {
                    throw e;
                }
                LockSupport.parkNanos(BUSY_PAUSE_NANOS);
            }
        }
    }

    private static final String PARSE =
            """
            SELECT json_serialize_sql(?::VARCHAR)
            """;

    private static JsonNode tree(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PARSE)) {
            statement.setString(1, sql);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return Wire.JSON.readTree(row.getString(1));
            }
        } catch (JacksonException tooDeep) {
            throw new EngineException(
                    ErrorCode.INVALID_QUERY, "The query is nested too deeply.", tooDeep);
        }
    }

    private static String catalog(Path file) {
        return file.getFileName().toString().replaceFirst("\\.duckdb$", "");
    }

    private static Set<String> functions() {
        try (InputStream list = Sandbox.class.getResourceAsStream("functions.txt")) {
            return new String(Objects.requireNonNull(list).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("# "))
                    .map(line -> line.toLowerCase(Locale.ROOT))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Warehouse.Column column(ResultSet rows, int index) throws SQLException {
        return new Warehouse.Column(
                rows.getMetaData().getColumnLabel(index),
                rows.getMetaData().getColumnTypeName(index));
    }
}
