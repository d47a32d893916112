package dev.convergence.steps.quality;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.step.QualityCheck;
import dev.convergence.engine.step.QualityStatus;
import dev.convergence.engine.step.Step;
import dev.convergence.engine.step.StepContext;
import dev.convergence.engine.step.StepOutcome;
import dev.convergence.engine.step.StepRows;
import dev.convergence.steps.duckdb.Session;
import dev.convergence.steps.duckdb.Staging;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Checks a staged table before it is published.
///
/// Settings: `suite` (or `dq_config`, its older name), and `table` where it is not the suite's own.
/// With `focus_rules: true` the table is held against the rule model of FOCUS too, where the
/// operator has one; `waivers` are reasons by rule id, `unsupported` criteria that the provider
/// does not support. A rule that fails is recorded; one that says FAIL_RUN fails the step, and one
/// that says QUARANTINE leaves the rows out that break it. `on_fail` says otherwise for this
/// pipeline, actions by rule; `required_tags`, `tag_target` and `price_list` are what rules about
/// tags and prices want.
public final class QualityCheckStep implements Step {

    private static final String TYPE = "quality.check";

    private final String type;
    private final Suites suites = new Suites();
    private final @Nullable Path focusModel;

    public QualityCheckStep() {
        this(TYPE, null);
    }

    /// @param type another name under which templates know this step, such as `gcp.data_quality`
    /// @param focusModel the rule model of FOCUS; null where the operator has none
    public QualityCheckStep(String type, @Nullable Path focusModel) {
        this.type = type;
        this.focusModel = focusModel;
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public StepOutcome run(StepContext context) throws SQLException {
        Suite suite =
                SuiteSettings.of(context.settings())
                        .applyTo(suites.find(suiteName(context.settings())));
        String table = tableName(context.settings(), suite);
        try (Connection connection = Staging.of(context).connect()) {
            TableFacts facts = TableFacts.read(connection, table);
            return facts == null
                    ? StepOutcome.Failed.permanently(
                            "There is no staged table " + table + " to check.")
                    : check(context, connection, suite, facts);
        }
    }

    private StepOutcome check(
            StepContext context, Connection connection, Suite suite, TableFacts table)
            throws SQLException {
        TableQueries queries = new TableQueries(connection, context.cancellation());
        LoadTime time = new LoadTime(context.startedAt(), context.window());
        List<QualityCheck> own = new SuiteCheck(queries, suite, table, time).run();
        List<QualityCheck> checks = new ArrayList<>(own);
        if (focusModel != null && Boolean.TRUE.equals(context.settings().get("focus_rules"))) {
            checks.addAll(new FocusRules(focusModel).check(context, connection, table.table()));
        }
        List<QualityCheck> fatal = fatal(suite, checks);
        if (!fatal.isEmpty()) {
            return new StepOutcome.Failed(sentence(suite, fatal), false, checks);
        }
        // Not closed: the connection is the caller's.
        Session staging = new Session(connection, context.cancellation());
        SettingAside.Result aside = new SettingAside(staging, suite, table).of(own);
        if (aside.all()) {
            return new StepOutcome.Failed(
                    "Every row of %s breaks a rule that sends rows into quarantine; nothing was loaded."
                            .formatted(table.table()),
                    false,
                    checks);
        }
        if (aside.rows() > 0) {
            context.log("%d rows of %s go into quarantine.".formatted(aside.rows(), table.table()));
        }
        return done(suite, table, checks, aside.rows());
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

    private static StepOutcome done(
            Suite suite, TableFacts table, List<QualityCheck> checks, long quarantined) {
        long failed = checks.stream().filter(check -> !check.passed()).count();
        long rows = checks.stream().mapToLong(QualityCheck::rowsChecked).max().orElse(0);
        return new StepOutcome.Done(
                new StepRows(rows, 0, 0),
                checks,
                Map.of(
                        "suite",
                        suite.name(),
                        "table",
                        table.table(),
                        "overall_status",
                        QualityStatus.of(checks).name(),
                        "expectations_passed",
                        checks.size() - failed,
                        "expectations_failed",
                        failed,
                        "rows_quarantined",
                        quarantined));
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
