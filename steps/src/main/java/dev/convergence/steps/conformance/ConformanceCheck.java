package dev.convergence.steps.conformance;

import dev.convergence.steps.conformance.Conformance.Broken;
import dev.convergence.steps.duckdb.Session;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Holds a table against the rule model of FOCUS.
///
/// @param waivers reasons by the id of the rule that is waived
/// @param unsupported criteria that the provider does not support: their rules do not apply
public record ConformanceCheck(Path model, Map<String, String> waivers, Set<String> unsupported) {

    /// Rules are measured so many at a time: a statement of hundreds of measures takes long to
    /// plan.
    private static final int RULES_AT_ONCE = 60;

    public Conformance of(Session staging, String table) throws SQLException {
        RuleModel rules = RuleModel.read(model);
        RuleSql sql = new RuleSql(table, columns(staging, table));
        List<String> waived = new ArrayList<>();
        List<ModelRule> applicable = new ArrayList<>();
        for (ModelRule rule : rules.rules()) {
            String reason = waivers.get(rule.id());
            if (reason != null) {
                waived.add(rule.id() + ": " + reason);
            } else if (rule.criteria().stream().noneMatch(unsupported::contains)) {
                applicable.add(rule);
            }
        }
        List<Broken> broken = new ArrayList<>();
        for (int from = 0; from < applicable.size(); from += RULES_AT_ONCE) {
            int to = Math.min(from + RULES_AT_ONCE, applicable.size());
            broken.addAll(broken(staging, sql, applicable.subList(from, to)));
        }
        return new Conformance(
                rules.version(),
                applicable.size(),
                applicable.size() - broken.size(),
                waived,
                broken);
    }

    private static List<Broken> broken(Session staging, RuleSql sql, List<ModelRule> rules)
            throws SQLException {
        List<String> measures = rules.stream().map(rule -> measure(sql, rule)).toList();
        String select =
                "SELECT %s FROM \"%s\"".formatted(String.join(",\n", measures), sql.table());
        List<Long> rows = staging.one(select, row -> counts(row, rules.size()));
        List<Broken> broken = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            ModelRule rule = rules.get(i);
            if (rows.get(i) > 0) {
                broken.add(
                        new Broken(
                                rule.id(),
                                rule.column(),
                                rule.sentence(),
                                rule.isBinding(),
                                rows.get(i)));
            }
        }
        return broken;
    }

    /// How many rows break a rule. What may be cannot be broken; a column that is not there breaks
    /// all that must be.
    private static String measure(RuleSql sql, ModelRule rule) {
        if (rule.keyword().equals("MAY")) {
            return "0";
        }
        if (!sql.missing(rule.requirement()).isEmpty()) {
            return "count(*)";
        }
        String passes = sql.of(rule.requirement());
        // Not a FILTER: so many of them cost far more than their conditions.
        return "count(CASE WHEN %s AND NOT %s THEN 1 END)".formatted(condition(sql, rule), passes);
    }

    private static String condition(RuleSql sql, ModelRule rule) {
        JsonNode condition = rule.condition();
        boolean always = !condition.has(RuleSql.FUNCTION) || !sql.missing(condition).isEmpty();
        return always ? "true" : sql.of(condition);
    }

    private static List<Long> counts(ResultSet row, int size) throws SQLException {
        List<Long> counts = new ArrayList<>();
        for (int i = 1; i <= size; i++) {
            counts.add(row.getLong(i));
        }
        return counts;
    }

    private static final String COLUMNS =
            "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ?";

    private static Map<String, String> columns(Session staging, String table) throws SQLException {
        Map<String, String> columns = new HashMap<>();
        staging.list(COLUMNS, row -> columns.put(row.getString(1), row.getString(2)), table);
        return columns;
    }
}
