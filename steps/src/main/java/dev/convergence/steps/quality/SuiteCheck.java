package dev.convergence.steps.quality;

import dev.convergence.engine.step.QualityCheck;
import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Checks one table against one suite: a single query measures all rules over the whole table; when
/// rows break some, another one finds the keys of up to 20 of them for each rule.
final class SuiteCheck {

    private final TableQueries queries;
    private final Suite suite;
    private final TableFacts table;
    private final LoadTime time;

    SuiteCheck(TableQueries queries, Suite suite, TableFacts table, LoadTime time) {
        this.queries = queries;
        this.suite = suite;
        this.table = table;
        this.time = time;
    }

    /// One result for each rule, in the suite's order.
    List<QualityCheck> run() throws SQLException {
        Map<Rule, Measured> measured = measure();
        Map<Rule, List<String>> keys = failingKeys(measured);
        List<QualityCheck> checks = new ArrayList<>();
        for (Rule rule : suite.rules()) {
            Measured found = measured.get(rule);
            checks.add(
                    found == null
                            ? cannotBeAsked(rule)
                            : judge(rule, found, keys.getOrDefault(rule, List.of())));
        }
        return checks;
    }

    private Map<Rule, Measured> measure() throws SQLException {
        List<Rule> rules = suite.rules().stream().filter(rule -> missing(rule).isEmpty()).toList();
        List<Sql> wanted = new ArrayList<>(List.of(Sql.of("count(*)")));
        rules.forEach(rule -> wanted.addAll(measures(rule)));
        Iterator<@Nullable Object> values = queries.row(select(wanted, whole())).iterator();
        long rows = count(values.next());
        Map<Rule, Measured> measured = new HashMap<>();
        for (Rule rule : rules) {
            List<@Nullable Object> own = new ArrayList<>();
            measures(rule).forEach(_ -> own.add(values.next()));
            measured.put(rule, new Measured(rows, own));
        }
        return measured;
    }

    private static Sql select(List<Sql> measures, String from) {
        return Sql.format("SELECT %s FROM " + from, Sql.join(",\n  ", measures));
    }

    private String whole() {
        return Identifier.quoted(table.table());
    }

    private List<Sql> measures(Rule rule) {
        return switch (rule.expectation()) {
            case RowExpectation rows ->
                    List.of(
                            Sql.countOf(rule.looksAt(rows, table)),
                            Sql.countOf(rule.broken(rows, table)));
            case TableExpectation whole -> whole.measures(table);
        };
    }

    private QualityCheck judge(Rule rule, Measured measured, List<String> keys)
            throws SQLException {
        return switch (rule.expectation()) {
            case RowExpectation _ -> judgeRows(rule, measured, keys);
            case TableExpectation whole -> judgeTable(rule, whole, measured);
        };
    }

    private QualityCheck judgeRows(Rule rule, Measured measured, List<String> keys) {
        long checked = measured.count(0);
        long failed = measured.count(1);
        String actual = failed + " of " + checked + " rows break the rule";
        Verdict verdict = new Verdict(rule.enough(checked, failed), checked, failed, actual);
        return result(rule, verdict, keys);
    }

    private QualityCheck judgeTable(Rule rule, TableExpectation whole, Measured first)
            throws SQLException {
        Optional<Sql> question = whole.question(table, first);
        Measured measured = question.isPresent() ? first.and(queries.row(question.get())) : first;
        Verdict verdict = whole.judge(measured, table, time);
        Optional<Sql> keys = whole.failingKeys(table);
        boolean named = keys.isPresent() && verdict.rowsFailed() > 0;
        return result(rule, verdict, named ? queries.texts(keys.get()) : List.of());
    }

    /// Where rows that break a rule are looked for first, and where next: a rule that many rows
    /// break is broken among these, and their keys need not be written out for all of them.
    private static final List<Integer> FIRST_ROWS = List.of(10_000, 100_000);

    /// The first keys of the rows that break rules: of the table's first rows, or of all where
    /// those are too few.
    private Map<Rule, List<String>> failingKeys(Map<Rule, Measured> measured) throws SQLException {
        List<String> key = suite.key().stream().filter(table::has).toList();
        List<Rule> broken =
                suite.rules().stream()
                        .filter(rule -> rule.expectation() instanceof RowExpectation)
                        .filter(rule -> breaks(measured.get(rule)))
                        .toList();
        if (key.isEmpty() || broken.isEmpty()) {
            return Map.of();
        }
        Map<Rule, List<String>> keys = new HashMap<>();
        for (String part : parts()) {
            List<Rule> rare =
                    broken.stream()
                            .filter(rule ->
                                    areMissing(
                                            keys.getOrDefault(rule, List.of()), measured.get(rule)))
                            .toList();
            keys.putAll(rare.isEmpty() ? Map.of() : keysIn(part, rare, key));
        }
        return keys;
    }

    /// Each part holds the one before; the last is the whole table.
    private List<String> parts() {
        Stream<String> first =
                FIRST_ROWS.stream()
                        .map(rows -> "(SELECT * FROM %s LIMIT %d)".formatted(whole(), rows));
        return Stream.concat(first, Stream.of(whole())).toList();
    }

    private static boolean areMissing(List<String> keys, @Nullable Measured measured) {
        return measured != null
                && keys.size() < Math.min(measured.count(1), QualityCheck.FAILING_KEYS_MAX);
    }

    private Map<Rule, List<String>> keysIn(String from, List<Rule> broken, List<String> key)
            throws SQLException {
        List<@Nullable Object> found =
                queries.row(
                        select(broken.stream().map(rule -> firstKeys(rule, key)).toList(), from));
        Map<Rule, List<String>> keys = new HashMap<>();
        for (int i = 0; i < broken.size(); i++) {
            keys.put(broken.get(i), texts(found.get(i)));
        }
        return keys;
    }

    private static boolean breaks(@Nullable Measured measured) {
        return measured != null && measured.count(1) > 0;
    }

    private Sql firstKeys(Rule rule, List<String> key) {
        // Not a FILTER: the words of all rows would be put together first.
        String text =
                "min(CASE WHEN %%s THEN %s END, %d)"
                        .formatted(RowKey.words(key), QualityCheck.FAILING_KEYS_MAX);
        return Sql.format(text, rule.broken((RowExpectation) rule.expectation(), table));
    }

    private static List<String> texts(@Nullable Object list) throws SQLException {
        if (!(list instanceof Array array)) {
            return List.of();
        }
        return Stream.of((Object[]) array.getArray()).map(String::valueOf).toList();
    }

    /// A rule about a column that is not there is broken, not skipped.
    private QualityCheck cannotBeAsked(Rule rule) {
        String actual = "the table has no column " + String.join(", ", missing(rule));
        return result(rule, new Verdict(false, 0, 0, actual), List.of());
    }

    private List<String> missing(Rule rule) {
        return rule.columns().stream().filter(column -> !table.has(column)).toList();
    }

    private QualityCheck result(Rule rule, Verdict verdict, List<String> failingKeys) {
        List<String> columns = rule.expectation().columns();
        return new QualityCheck(
                suite.name(),
                rule.name(),
                rule.kind(),
                table.table(),
                columns.isEmpty() ? null : String.join(", ", columns),
                rule.severity(),
                verdict.passed(),
                verdict.rowsChecked(),
                verdict.rowsFailed(),
                verdict.actual(),
                rule.expectation().expected(),
                failingKeys);
    }

    private static long count(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }
}
