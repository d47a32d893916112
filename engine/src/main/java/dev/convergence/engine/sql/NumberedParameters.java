package dev.convergence.engine.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/// The parameters of a statement one after the other, for statements that are run for each job: to
/// look thirty of them up by name takes as long as the statement itself.
public final class NumberedParameters {

    private final PreparedStatement statement;
    private int last;

    private NumberedParameters(PreparedStatement statement) {
        this.statement = statement;
    }

    /// Sets the parameters, in the order of their question marks.
    @FunctionalInterface
    public interface Setting {
        void set(NumberedParameters parameters) throws SQLException;
    }

    /// Runs a statement.
    ///
    /// @return how many rows it answered or changed
    public static int run(Handle handle, String sql, Setting setting) {
        try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
            setting.set(new NumberedParameters(statement));
            return statement.execute() ? rows(statement) : statement.getUpdateCount();
        } catch (SQLException refused) {
            throw new UnableToExecuteStatementException(
                    "The statement was refused.", refused, null);
        }
    }

    private static int rows(PreparedStatement answered) throws SQLException {
        int count = 0;
        try (var rows = answered.getResultSet()) {
            while (rows.next()) {
                count++;
            }
        }
        return count;
    }

    public NumberedParameters text(@Nullable String value) throws SQLException {
        statement.setString(++last, value);
        return this;
    }

    public NumberedParameters uuid(@Nullable UUID value) throws SQLException {
        if (value == null) {
            statement.setNull(++last, Types.OTHER);
        } else {
            statement.setObject(++last, value);
        }
        return this;
    }

    public NumberedParameters integer(@Nullable Integer value) throws SQLException {
        if (value == null) {
            statement.setNull(++last, Types.INTEGER);
        } else {
            statement.setInt(++last, value);
        }
        return this;
    }

    public NumberedParameters bigint(long value) throws SQLException {
        statement.setLong(++last, value);
        return this;
    }

    public NumberedParameters bool(boolean value) throws SQLException {
        statement.setBoolean(++last, value);
        return this;
    }

    public NumberedParameters time(@Nullable Instant value) throws SQLException {
        if (value == null) {
            statement.setNull(++last, Types.TIMESTAMP_WITH_TIMEZONE);
        } else {
            statement.setObject(++last, value.atOffset(ZoneOffset.UTC));
        }
        return this;
    }
}
