package dev.convergence.steps.source;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/// What a column holds: how its text is read, and how it is stored.
public enum ColumnType {
    TEXT("VARCHAR"),
    JSON("JSON"),
    MONEY(Money.SQL_TYPE),
    WHOLE("BIGINT"),
    TIME("TIMESTAMP"),
    DAY("DATE");

    private final String sql;

    ColumnType(String sql) {
        this.sql = sql;
    }

    public String sql() {
        return sql;
    }

    /// @throws BadValue when the text is no value of this type
    Object parse(String text) {
        return switch (this) {
            case TEXT -> text;
            case JSON -> JsonText.valid(text);
            case MONEY -> Money.of(text);
            case WHOLE -> whole(text);
            case TIME -> Times.time(text);
            case DAY -> Times.day(text);
        };
    }

    static void append(DuckDBAppender row, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> row.appendNull();
            case String text -> row.append(text);
            case BigDecimal money -> row.append(money);
            case Long whole -> row.append(whole);
            case LocalDateTime time -> row.append(time);
            case LocalDate day -> row.append(day);
            default -> throw new IllegalStateException("no column holds a " + value.getClass());
        }
    }

    private static Long whole(String text) {
        try {
            return Money.of(text).longValueExact();
        } catch (ArithmeticException fraction) {
            throw new BadValue("is not a whole number");
        }
    }
}
