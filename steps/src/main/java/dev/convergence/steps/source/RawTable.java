package dev.convergence.steps.source;

import dev.convergence.steps.source.Staged.Totals;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// The staging table of a format that Java reads, `{table}_source`: reports of language models and
/// findings, which come in pages and are short.
///
/// Each value is read as text and converted once, here; what cannot be converted is a bad row.
final class RawTable implements RawRows {

    private final Format format;
    private final String provider;
    private final String run;
    private final LocalDateTime loadedAt;
    private final Map<String, String> defaults;
    private final DuckDBAppender appender;
    private final BadRows bad;
    private long rows;
    private BigDecimal cost = BigDecimal.ZERO;

    private RawTable(
            Format format,
            String provider,
            String run,
            Instant now,
            Map<String, String> defaults,
            BadRows bad,
            DuckDBAppender appender) {
        this.format = format;
        this.provider = provider;
        this.run = run;
        this.loadedAt = LocalDateTime.ofInstant(now, ZoneOffset.UTC);
        this.defaults = defaults;
        this.bad = bad;
        this.appender = appender;
    }

    static RawTable create(
            DuckDBConnection staging,
            Target target,
            String provider,
            String run,
            Instant now,
            Map<String, String> defaults,
            BadRows bad)
            throws SQLException {
        Format format = target.format();
        String table = target.table();
        try (Statement statement = staging.createStatement()) {
            statement.execute(
                    "CREATE OR REPLACE TABLE %s_source (%s)".formatted(table, columns(format)));
        }
        return new RawTable(
                format,
                provider,
                run,
                now,
                defaults,
                bad,
                staging.createAppender(table + "_source"));
    }

    private static String columns(Format format) {
        return Stream.concat(format.columns().stream(), Lineage.COLUMNS.stream())
                .map(column -> '"' + column.name() + "\" " + column.type().sql())
                .collect(Collectors.joining(", "));
    }

    @Override
    public boolean whole(String name, WholeFile file) {
        return false;
    }

    @Override
    public void end(String file) {}

    @Override
    public void add(String file, SourceRow row) {
        List<@Nullable Object> values = new ArrayList<>(format.columns().size());
        BigDecimal rowCost = BigDecimal.ZERO;
        row.loadedOn(loadedAt.toLocalDate());
        defaults.forEach((name, value) -> row.put(SourceRow.plain(name), value));
        for (Column column : format.columns()) {
            try {
                Object value = value(column, row);
                values.add(value);
                if (value instanceof BigDecimal amount && format.cost().contains(column.name())) {
                    rowCost = rowCost.add(amount);
                }
            } catch (BadValue unreadable) {
                bad.add(new BadRow(file, row.line(), column.name(), why(unreadable)));
                return;
            }
        }
        append(file, row, values);
        rows++;
        cost = cost.add(rowCost);
    }

    private static @Nullable Object value(Column column, SourceRow row) {
        String text = Objects.requireNonNull(column.reading()).apply(row);
        if (text == null && column.required()) {
            throw new BadValue("is missing");
        }
        return text == null ? null : column.type().parse(text);
    }

    private void append(String file, SourceRow row, List<@Nullable Object> values) {
        try {
            appender.beginRow();
            for (Object value : values) {
                ColumnType.append(appender, value);
            }
            appender.append(provider);
            appender.append(run);
            appender.append(file);
            appender.append(loadedAt);
            appender.endRow();
        } catch (SQLException impossible) {
            throw new IllegalStateException("a typed row could not be staged", impossible);
        }
    }

    private static String why(BadValue unreadable) {
        return "the value " + unreadable.getMessage();
    }

    @Override
    public Totals totals() {
        return new Totals(rows, cost);
    }

    @Override
    public void close() throws SQLException {
        appender.close();
    }
}
