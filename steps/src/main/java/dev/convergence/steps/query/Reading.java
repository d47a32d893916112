package dev.convergence.steps.query;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.warehouse.Warehouse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Runs a checked query and reads its rows until the limit, the size or the time is reached.
///
/// Rows are streamed, so that `SELECT *` from a large table costs no more than the rows that are
/// answered.
final class Reading {

    private final Connection connection;
    private final QueryRequest request;
    private final Deadline deadline;
    private final List<List<@Nullable Object>> rows = new ArrayList<>();
    private long bytes;

    Reading(Connection connection, QueryRequest request, Deadline deadline) {
        this.connection = connection;
        this.request = request;
        this.deadline = deadline;
    }

    QueryAnswer rows(long startedNanos) {
        try (Statement statement = connection.createStatement()) {
            deadline.cancels(statement);
            return read(statement, startedNanos);
        } catch (SQLException e) {
            EngineException cause = deadline.passed() ? late() : cause(e);
            return QueryAnswer.refused(deadline.passed() ? late() : cause);
        }
    }

    private QueryAnswer read(Statement statement, long startedNanos) throws SQLException {
        try (ResultSet result = statement.executeQuery(request.sql())) {
            List<Warehouse.Column> columns = columns(result);
            boolean truncated = false;
            while (!truncated && result.next()) {
                truncated = !add(row(result, columns.size()));
            }
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
            return new QueryAnswer(null, "", columns, rows, truncated, millis);
        }
    }

    private boolean add(List<@Nullable Object> row) {
        bytes += Values.size(row);
        if (rows.size() == request.limit() || bytes > request.answerBytes()) {
            return false;
        }
        return rows.add(row);
    }

    private static List<Warehouse.Column> columns(ResultSet result) throws SQLException {
        List<Warehouse.Column> columns = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            columns.add(Sandbox.column(result, i));
        }
        return columns;
    }

    private static List<@Nullable Object> row(ResultSet result, int width) throws SQLException {
        List<@Nullable Object> row = new ArrayList<>(width);
        for (int i = 1; i <= width; i++) {
            row.add(Values.json(result.getObject(i)));
        }
        return row;
    }

    private EngineException late() {
        return Complaint.time(request.timeMillis());
    }

    /// A streamed query that fails says only "Invalid result set"; asking again without streaming,
    /// for no more rows, tells why. Columns may change their names here: nobody sees them. Where
    /// fewer rows are no problem, it was the memory.
    private EngineException cause(SQLException vague) {
        Path file = Path.of(request.databaseFile());
        if (!String.valueOf(vague.getMessage()).contains("Invalid result set")) {
            return Complaint.of(vague, file);
        }
        try (Connection collecting = Sandbox.open(request, false);
                Statement statement = collecting.createStatement()) {
            deadline.cancels(statement);
            statement.execute(limited());
            return Complaint.memory();
        } catch (SQLException clear) {
            return Complaint.of(clear, file);
        }
    }

    private String limited() {
        String sql = request.sql().strip().replaceFirst(";\\s*$", "");
        return "SELECT * FROM (\n%s\n) LIMIT %d".formatted(sql, request.limit() + 1);
    }
}
