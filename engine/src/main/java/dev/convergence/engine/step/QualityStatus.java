package dev.convergence.engine.step;

import dev.convergence.engine.step.QualityCheck.Severity;
import java.util.List;

/// What the quality results of one table say together.
public enum QualityStatus {
    PASS,
    WARNING,
    FAIL;

    /// FAIL when a critical rule failed or all did; WARNING when some other one did.
    public static QualityStatus of(List<QualityCheck> checks) {
        List<QualityCheck> failed = checks.stream().filter(check -> !check.passed()).toList();
        if (failed.isEmpty()) {
            return PASS;
        }
        boolean critical = failed.stream().anyMatch(c -> c.severity() == Severity.CRITICAL);
        return critical || failed.size() == checks.size() ? FAIL : WARNING;
    }
}
