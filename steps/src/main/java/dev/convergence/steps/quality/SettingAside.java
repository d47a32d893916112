package dev.convergence.steps.quality;

import dev.convergence.engine.step.QualityCheck;
import dev.convergence.steps.duckdb.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Leaves the rows out that break a failed rule whose action is QUARANTINE.
final class SettingAside {

    private final Session staging;
    private final Suite suite;
    private final TableFacts table;

    SettingAside(Session staging, Suite suite, TableFacts table) {
        this.staging = staging;
        this.suite = suite;
        this.table = table;
    }

    /// How many rows are left out, each counted once, and whether none is left to publish.
    record Result(long rows, boolean all) {
        static final Result NOTHING = new Result(0, false);
    }

    Result of(List<QualityCheck> checks) throws SQLException {
        List<LeftOut> found = new ArrayList<>();
        for (Rule rule : suite.rules()) {
            if (rule.onFail() == Rule.OnFail.QUARANTINE) {
                checks.stream()
                        .filter(check -> check.rule().equals(rule.name()))
                        .filter(check -> !check.passed() && check.rowsFailed() > 0)
                        .forEach(check -> found.add(leftOut(rule, check)));
            }
        }
        if (found.isEmpty()) {
            return Result.NOTHING;
        }
        for (LeftOut one : found) {
            one.remember(staging);
        }
        return count(found);
    }

    private LeftOut leftOut(Rule rule, QualityCheck check) {
        RowExpectation rows = (RowExpectation) rule.expectation();
        return new LeftOut(
                table.table(),
                rule.name(),
                rows.column(),
                rows.column() + " wants " + check.expected(),
                rule.broken(rows, table).inlined());
    }

    private static final String COUNT = "SELECT count(*) FILTER (WHERE %s), count(*) FROM %s";

    private Result count(List<LeftOut> found) throws SQLException {
        return staging.one(
                COUNT.formatted(LeftOut.any(found), Identifier.quoted(table.table())),
                row -> new Result(row.getLong(1), row.getLong(1) == row.getLong(2)));
    }
}
