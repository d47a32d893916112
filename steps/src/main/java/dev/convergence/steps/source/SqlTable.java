package dev.convergence.steps.source;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.steps.duckdb.Session;
import dev.convergence.steps.source.Staged.Totals;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The staging table of a run's files, `{table}_source`, filled by DuckDB: one statement for each
/// file reads, cleans, types and stages all its lines, the bad ones too; those are looked at one by
/// one afterwards, and go.
final class SqlTable implements RawRows {

    private static final Logger LOG = LoggerFactory.getLogger(SqlTable.class);

    private final Session staging;
    private final Target target;
    private final String provider;
    private final String run;
    private final LocalDateTime loadedAt;
    private final BadRows bad;
    private @Nullable TextTable texts;
    private long staged;
    private long rows;

    SqlTable(Session staging, Target target, String provider, String run, Instant now, BadRows bad)
            throws SQLException {
        this.staging = staging;
        this.target = target;
        this.provider = provider;
        this.run = run;
        this.loadedAt = LocalDateTime.ofInstant(now, ZoneOffset.UTC);
        this.bad = bad;
        staging.execute(
                "CREATE OR REPLACE TABLE %s (%s, x_bad VARCHAR)".formatted(source(), columns()));
    }

    private String columns() {
        return Stream.concat(target.format().columns().stream(), Lineage.COLUMNS.stream())
                .map(column -> '"' + column.name() + "\" " + column.type().sql())
                .collect(Collectors.joining(", "));
    }

    private String source() {
        return target.table() + "_source";
    }

    /// A statement that fails has staged nothing, and says nothing of which line it was: then Java
    /// takes the file apart.
    @Override
    public boolean whole(String name, WholeFile file) {
        try {
            stage(name, file);
            return true;
        } catch (SQLException unfit) {
            LOG.info("Reads a file line by line: {}", firstLine(unfit));
            return false;
        }
    }

    private static String firstLine(SQLException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    @Override
    public void add(String file, SourceRow row) {
        if (texts == null) {
            texts = texts(row.header());
        }
        texts.add(row);
    }

    private TextTable texts(Header header) {
        try {
            return TextTable.create(staging, header, TypedRows.namesOf(target.format(), header));
        } catch (SQLException impossible) {
            throw new IllegalStateException("the table of texts could not be made", impossible);
        }
    }

    @Override
    public void end(String file) {
        if (texts == null) {
            return;
        }
        try {
            texts.close();
            stage(file, texts);
            texts.drop();
            texts = null;
        } catch (SQLException impossible) {
            throw new IllegalStateException("the lines could not be typed", impossible);
        }
    }

    private void stage(String name, WholeFile file) throws SQLException {
        String select = new TypedRows(target.format(), file, loadedAt.toLocalDate()).sql();
        long first = staged;
        // Not bound to the statement: it would be planned twice, and that is most of a small load.
        staging.execute("SET VARIABLE provider = ?", provider);
        staging.execute("SET VARIABLE run = ?", run);
        staging.execute("SET VARIABLE file = ?", name);
        staging.execute("SET VARIABLE loaded_at = ?::TIMESTAMP", loadedAt);
        staged += staging.execute("INSERT INTO " + source() + " " + select);
        rows += staged - first - takeOut(name, file, first);
    }

    private static final String COUNT_BAD =
            "SELECT count(*) FROM %s WHERE x_bad IS NOT NULL AND rowid >= ?";

    private static final String BAD =
            "SELECT rowid, x_bad FROM %s WHERE x_bad IS NOT NULL AND rowid >= ? ORDER BY rowid";

    /// @return how many bad lines the file had
    private long takeOut(String name, WholeFile file, long first) throws SQLException {
        long count = staging.one(COUNT_BAD.formatted(source()), row -> row.getLong(1), first);
        if (count > 0) {
            List<Found> kept = new ArrayList<>();
            staging.each(
                    BAD.formatted(source()),
                    row -> {
                        Found found = new Found(row.getLong(1) - first, row.getString(2));
                        if (kept.size() < BadRows.KEPT_MAX) {
                            kept.add(found);
                        } else {
                            bad.count(found.row(target.format(), name, 0));
                        }
                    },
                    first);
            tell(name, file, kept);
        }
        return count;
    }

    private void tell(String name, WholeFile file, List<Found> kept) {
        TreeSet<Long> places =
                kept.stream().map(Found::place).collect(Collectors.toCollection(TreeSet::new));
        Map<Long, Long> lines;
        try {
            lines = file.lines(places);
        } catch (IOException unreadable) {
            lines = Map.of();
        }
        for (Found found : kept) {
            bad.add(found.row(target.format(), name, lines.getOrDefault(found.place(), 0L)));
        }
    }

    /// @param place among the rows of the file, from 0
    /// @param bad the column, and behind a mark its value
    private record Found(long place, String bad) {

        BadRow row(Format format, String file, long line) {
            int mark = bad.indexOf(TypedRows.MARK);
            String column = mark < 0 ? bad : bad.substring(0, mark);
            String why = mark < 0 ? "is missing" : why(format, column, bad.substring(mark + 1));
            return new BadRow(file, line, column, "the value " + why);
        }

        private static String why(Format format, String column, String value) {
            try {
                Object _ =
                        format.columns().stream()
                                .filter(one -> one.name().equals(column))
                                .findFirst()
                                .orElseThrow()
                                .type()
                                .parse(value);
                return "cannot be read";
            } catch (BadValue unreadable) {
                return String.valueOf(unreadable.getMessage());
            }
        }
    }

    @Override
    public Totals totals() {
        try {
            String cost =
                    target.format().cost().isEmpty()
                            ? "0"
                            : String.join(" + ", target.format().cost());
            BigDecimal sum =
                    staging.one(
                            "SELECT coalesce(sum(%s), 0)::DECIMAL(38,20) FROM %s"
                                    .formatted(cost, source()),
                            row -> row.getBigDecimal(1));
            return new Totals(rows, sum);
        } catch (SQLException tooMuch) {
            if (String.valueOf(tooMuch.getMessage()).contains("Out of Range")) {
                throw new EngineException(
                        ErrorCode.INVALID_PARAMETER,
                        "file: the amounts of %s add up to more than 18 digits before the point."
                                .formatted(String.join(" and ", target.format().cost())));
            }
            throw new IllegalStateException("the staged rows could not be added up", tooMuch);
        }
    }

    /// Bad lines go when all files are read: until then their places tell where they stood.
    @Override
    public void close() throws SQLException {
        if (bad.count() > 0) {
            staging.execute("DELETE FROM %s WHERE x_bad IS NOT NULL".formatted(source()));
        }
    }
}
