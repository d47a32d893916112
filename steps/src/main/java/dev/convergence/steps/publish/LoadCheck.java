package dev.convergence.steps.publish;

import dev.convergence.engine.step.QualityCheck;
import dev.convergence.engine.step.QualityCheck.Severity;
import dev.convergence.steps.quality.LoadRules;
import java.util.List;

/// A rule about a load as a whole.
///
/// @param kind what the rule looks at
/// @param unit what is counted, in the plural
record LoadCheck(
        String rule, String kind, String table, Severity severity, String unit, String expected) {

    /// @param checked how many things there were
    /// @param broken the names of those that break the rule
    QualityCheck result(long checked, List<String> broken) {
        return new QualityCheck(
                LoadRules.SUITE,
                rule,
                kind,
                table,
                null,
                severity,
                broken.isEmpty(),
                checked,
                broken.size(),
                broken.size() + " of " + checked + " " + unit,
                expected,
                broken.stream().limit(QualityCheck.FAILING_KEYS_MAX).toList());
    }
}
