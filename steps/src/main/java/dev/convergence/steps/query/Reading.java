package dev.convergence.steps.query;

import dev.convergence.engine.warehouse.Warehouse;
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

    QueryAnswer rows(long startedNanos) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            deadline.cancels(statement);
            return read(statement, startedNanos);
        } catch (SQLException e) {
            if (deadline.passed()) {
                return QueryAnswer.refused(Complaint.time(request.timeMillis()));
            }
            throw cause(e);
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

    /// A streamed query that fails says only "Invalid result set"; asking again without streaming,
    /// for no more rows, tells why. Columns may change their names here: nobody sees them.
    private SQLException cause(SQLException vague) {
        if (!String.valueOf(vague.getMessage()).contains("Invalid result set")) {
            return vague;
        }
        String again =
                "SELECT * FROM (\n%s\n) LIMIT %d"
                        .formatted(
                                request.sql().strip().replaceFirst(";\\s*$", ""),
                                request.limit() + 1);
        try (Connection collecting = Sandbox.open(request, false);
                Statement statement = collecting.createStatement()) {
            deadline.cancels(statement);
            statement.execute(again);
            return vague;
        } catch (SQLException clear) {
            return clear;
        }
    }
}
