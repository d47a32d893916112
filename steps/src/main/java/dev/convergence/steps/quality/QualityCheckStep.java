package dev.convergence.steps.quality;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.step.QualityCheck;
import dev.convergence.engine.step.QualityStatus;
import dev.convergence.engine.step.Step;
import dev.convergence.engine.step.StepContext;
import dev.convergence.engine.step.StepOutcome;
import dev.convergence.engine.step.StepRows;
import dev.convergence.steps.duckdb.Staging;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Checks a staged table before it is published.
///
/// Settings: `suite` (or `dq_config`, its older name), and `table` where it is not the suite's own.
/// A rule that fails is recorded; only one that says FAIL_RUN fails the step.
public final class QualityCheckStep implements Step {

    private static final String TYPE = "quality.check";

    private final String type;
    private final Suites suites = new Suites();

    public QualityCheckStep() {
        this(TYPE);
    }

    /// @param type another name under which templates know this step, such as `gcp.data_quality`
    public QualityCheckStep(String type) {
        this.type = type;
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public StepOutcome run(StepContext context) throws SQLException {
        Suite suite = suites.find(suiteName(context.settings()));
        String table = tableName(context.settings(), suite);
        try (Connection connection = Staging.of(context).connect()) {
            TableFacts facts = TableFacts.read(connection, table);
            return facts == null
                    ? StepOutcome.Failed.permanently(
                            "There is no staged table " + table + " to check.")
                    : check(context, connection, suite, facts);
        }
    }

    private static StepOutcome check(
            StepContext context, Connection connection, Suite suite, TableFacts table)
            throws SQLException {
        TableQueries queries = new TableQueries(connection, context.cancellation());
        LoadTime time = new LoadTime(context.startedAt(), context.window());
        List<QualityCheck> checks = new SuiteCheck(queries, suite, table, time).run();
        List<QualityCheck> fatal = fatal(suite, checks);
        return fatal.isEmpty()
                ? done(suite, table, checks)
                : new StepOutcome.Failed(sentence(suite, fatal), false, checks);
    }

    private static List<QualityCheck> fatal(Suite suite, List<QualityCheck> checks) {
        Set<String> failRun =
                suite.rules().stream()
                        .filter(rule -> rule.onFail() == Rule.OnFail.FAIL_RUN)
                        .map(Rule::name)
                        .collect(Collectors.toSet());
        return checks.stream()
                .filter(check -> !check.passed() && failRun.contains(check.rule()))
                .toList();
    }

    private static String sentence(Suite suite, List<QualityCheck> fatal) {
        return fatal.stream()
                .map(c -> c.rule() + " wants " + c.expected() + ", found: " + c.actual())
                .collect(
                        Collectors.joining(
                                "; ",
                                "The data breaks rules of the suite " + suite.name() + ": ",
                                ". Nothing was loaded."));
    }

    private static StepOutcome done(Suite suite, TableFacts table, List<QualityCheck> checks) {
        long failed = checks.stream().filter(check -> !check.passed()).count();
        long rows = checks.stream().mapToLong(QualityCheck::rowsChecked).max().orElse(0);
        return new StepOutcome.Done(
                new StepRows(rows, 0, 0),
                checks,
                Map.of(
                        "suite", suite.name(),
                        "table", table.table(),
                        "overall_status", QualityStatus.of(checks).name(),
                        "expectations_passed", checks.size() - failed,
                        "expectations_failed", failed));
    }

    private static String suiteName(Map<String, Object> settings) {
        Object name = settings.getOrDefault("suite", settings.get("dq_config"));
        if (name == null) {
            throw new EngineException(
                    ErrorCode.INVALID_TEMPLATE, "A quality check needs the setting suite.");
        }
        return name.toString();
    }

    private static String tableName(Map<String, Object> settings, Suite suite) {
        String name = settings.getOrDefault("table", suite.table()).toString();
        if (!Identifier.isOne(name)) {
            throw new EngineException(
                    ErrorCode.INVALID_TEMPLATE,
                    "The table of a quality check has letters, digits and underscores only.");
        }
        return name;
    }
}
