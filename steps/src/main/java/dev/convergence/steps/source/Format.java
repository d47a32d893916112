package dev.convergence.steps.source;

import dev.convergence.steps.duckdb.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// The shape of a provider's bill: its columns, and what makes a load of it.
///
/// @param name as a template's `config.format` names it
/// @param layouts the ways in which it is written; the first that fits a header names it
/// @param provider what `x_provider` says about a row, in SQL; null leaves it to the pipeline's
///   provider
/// @param refined the rows as they are published, made from a SELECT of what was read
/// @param cost the columns whose sum is what the source bills; empty for a source without money
/// @param settled what only all lines of a load together tell, put into them once they are staged
public record Format(
        String name,
        List<Layout> layouts,
        List<Column> columns,
        LoadKey key,
        List<String> cost,
        Function<Cells, String> provider,
        UnaryOperator<String> refined,
        Settling settled) {

    /// Changes the staged lines of a load.
    public interface Settling {
        void on(Session staging, String table) throws SQLException;
    }

    private static final Settling NOTHING_TO_SETTLE = (_, _) -> {};

    public Format {
        layouts = List.copyOf(layouts);
        columns = List.copyOf(columns);
        cost = List.copyOf(cost);
    }

    public Format(
            String name,
            List<Layout> layouts,
            List<Column> columns,
            LoadKey key,
            List<String> cost) {
        this(name, layouts, columns, key, cost, NOTHING_TO_SETTLE);
    }

    public Format(
            String name,
            List<Layout> layouts,
            List<Column> columns,
            LoadKey key,
            List<String> cost,
            Settling settled) {
        this(
                name,
                layouts,
                columns,
                key,
                cost,
                _ -> Cells.NOTHING,
                UnaryOperator.identity(),
                settled);
    }

    public Format(
            String name,
            List<Layout> layouts,
            List<Column> columns,
            LoadKey key,
            List<String> cost,
            Function<Cells, String> provider,
            UnaryOperator<String> refined) {
        this(name, layouts, columns, key, cost, provider, refined, NOTHING_TO_SETTLE);
    }

    /// Whether DuckDB can read and type it; else Java does.
    boolean isInSql() {
        return columns.stream().allMatch(column -> column.sql() != null);
    }

    /// What people call a file with this header.
    String title(Header header) {
        return layouts.stream()
                .filter(layout -> layout.fits().test(header))
                .findFirst()
                .map(Layout::title)
                .orElse(name);
    }

    /// The columns without which a file is none of this format, and which this one lacks.
    List<String> missing(Header header) {
        return columns.stream()
                .filter(column -> column.required() && !column.isIn(header))
                .map(column -> column.sources().getFirst())
                .toList();
    }

    /// How many columns of a file this format reads.
    long known(Header header) {
        Set<String> read =
                columns.stream()
                        .flatMap(column -> column.sources().stream())
                        .map(SourceRow::plain)
                        .collect(Collectors.toSet());
        return header.plainNames().stream().filter(read::contains).count();
    }
}
