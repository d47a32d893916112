package dev.convergence.steps.source;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.step.StepContext;
import dev.convergence.steps.duckdb.Session;
import dev.convergence.steps.source.Staged.Totals;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The reading of a run's files into one raw table. The header of the first file tells which of the
/// pipeline's targets the load has; files of two kinds are no load, for they may hold the same
/// charges.
final class Reading implements AutoCloseable {

    private final StepContext context;
    private final Session staging;
    private final Recognition recognition;
    private final List<Target> targets;
    private final Map<String, String> defaults;
    private final BadRows bad = new BadRows();
    private final Map<String, String> columns = new TreeMap<>();
    private @Nullable Target chosen;
    private @Nullable RawRows table;
    private long pages;
    private long lastPages;
    private String firstFile = "";
    private String title = "";

    Reading(
            StepContext context,
            Session staging,
            Recognition recognition,
            List<Target> targets,
            Map<String, String> defaults) {
        this.context = context;
        this.staging = staging;
        this.recognition = recognition;
        this.targets = targets;
        this.defaults = defaults;
    }

    RowSink sink(String file) {
        return new RowSink() {
            @Override
            public void header(Header header) {
                begin(file, header);
            }

            @Override
            public void columns(Map<String, String> types) {
                types.forEach(columns::putIfAbsent);
            }

            @Override
            public boolean whole(WholeFile whole) {
                return opened().whole(file, whole);
            }

            @Override
            public void row(SourceRow row) {
                context.cancellation().check();
                opened().add(file, row);
            }

            @Override
            public void page(boolean more) {
                pages++;
                lastPages += more ? 0 : 1;
            }

            @Override
            public void bad(long line, String why) {
                bad.add(new BadRow(file, line, null, why));
            }
        };
    }

    private void begin(String file, Header header) {
        Target target = recognition.of(file, header, targets);
        if (chosen == null) {
            chosen = target;
            firstFile = file;
            title = target.format().title(header);
            table = create(target);
        } else if (!chosen.equals(target)) {
            throw new EngineException(
                    ErrorCode.INVALID_PARAMETER,
                    "file: %s is a file of the kind %s, and %s one of the kind %s; load them one after the other."
                            .formatted(firstFile, title, file, target.format().title(header)));
        }
    }

    /// All lines of a file have come.
    void end(String file) {
        if (table != null) {
            table.end(file);
        }
    }

    private RawRows opened() {
        if (table == null) {
            throw new IllegalStateException("a row came before its header");
        }
        return table;
    }

    private RawRows create(Target target) {
        String run = context.run().toString();
        try {
            return target.format().isInSql()
                    ? new SqlTable(
                            staging, target, context.provider(), run, context.startedAt(), bad)
                    : RawTable.create(
                            staging.connection(),
                            target,
                            context.provider(),
                            run,
                            context.startedAt(),
                            defaults,
                            bad);
        } catch (SQLException impossible) {
            throw new IllegalStateException("the raw table could not be made", impossible);
        }
    }

    /// What the files were, by their first header; empty when none had one.
    String title() {
        return title;
    }

    Target target() {
        return chosen == null ? targets.getFirst() : chosen;
    }

    /// The columns of all files as they are written there, with their types.
    Map<String, String> columns() {
        return Map.copyOf(columns);
    }

    /// Whether a list was read of which the last page is missing.
    boolean isCutOff() {
        return pages > 0 && lastPages == 0;
    }

    BadRows bad() {
        return bad;
    }

    Totals totals() {
        return table == null ? Totals.NONE : table.totals();
    }

    /// The first target has its table in the end, if only an empty one.
    @Override
    public void close() throws SQLException {
        if (table != null) {
            table.close();
        }
        if (!targets.getFirst().equals(chosen)) {
            create(targets.getFirst()).close();
        }
    }
}
