package dev.convergence.steps.quality;

import dev.convergence.engine.step.QualityCheck;
import dev.convergence.engine.step.QualityCheck.Severity;
import dev.convergence.engine.step.StepContext;
import dev.convergence.steps.conformance.Conformance;
import dev.convergence.steps.conformance.Conformance.Broken;
import dev.convergence.steps.conformance.ConformanceCheck;
import dev.convergence.steps.duckdb.Session;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rules of FOCUS as quality results: one that says how many hold, and one for each that is
/// broken.
record FocusRules(Path model) {

    private static final String SUITE = "focus_rules";
    private static final int BROKEN_MAX = 100;

    List<QualityCheck> check(StepContext context, Connection connection, String table)
            throws SQLException {
        // Not closed: the connection is the caller's.
        Session staging = new Session(connection, context.cancellation());
        Conformance found =
                new ConformanceCheck(model, waivers(context), unsupported(context))
                        .of(staging, table);
        context.log(found.sentence() + ".");
        found.waived().forEach(waived -> context.log("Waived " + waived));
        List<QualityCheck> checks = new ArrayList<>();
        checks.add(summary(table, found));
        found.broken().stream().limit(BROKEN_MAX).map(b -> broken(table, b)).forEach(checks::add);
        return checks;
    }

    private static QualityCheck summary(String table, Conformance found) {
        long broken = found.broken().size();
        return new QualityCheck(
                SUITE,
                "focus_rules_hold",
                "focus_model",
                table,
                null,
                Severity.INFO,
                broken == 0,
                found.applicable(),
                broken,
                found.sentence(),
                "all applicable rules",
                List.of());
    }

    private static QualityCheck broken(String table, Broken broken) {
        return new QualityCheck(
                SUITE,
                broken.rule(),
                "focus_model",
                table,
                broken.column(),
                broken.binding() ? Severity.WARNING : Severity.INFO,
                false,
                broken.rows(),
                broken.rows(),
                broken.rows() + " rows break the rule",
                broken.sentence(),
                List.of());
    }

    private static Map<String, String> waivers(StepContext context) {
        Map<String, String> waivers = new LinkedHashMap<>();
        if (context.settings().get("waivers") instanceof Map<?, ?> given) {
            given.forEach(
                    (rule, reason) -> waivers.put(String.valueOf(rule), String.valueOf(reason)));
        }
        return waivers;
    }

    private static Set<String> unsupported(StepContext context) {
        Set<String> criteria = new HashSet<>();
        if (context.settings().get("unsupported") instanceof List<?> given) {
            given.forEach(criterion -> criteria.add(String.valueOf(criterion)));
        }
        return criteria;
    }
}
