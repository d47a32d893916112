package dev.convergence.engine.step;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The result of one quality rule on one table.
///
/// @param suite the suite that the rule belongs to, such as `billing_cost_daily`
/// @param rule the rule's name in the suite, such as `cost_not_null`
/// @param kind the kind of expectation, such as `not_null`
/// @param severity what a failure means to the user
/// @param actual what was found, as text
/// @param expected what was wanted, as text
/// @param failingKeys up to 20 keys of rows that broke the rule
public record QualityCheck(
        String suite,
        String rule,
        String kind,
        String table,
        @Nullable String column,
        Severity severity,
        boolean passed,
        long rowsChecked,
        long rowsFailed,
        String actual,
        String expected,
        List<String> failingKeys) {

    public static final int FAILING_KEYS_MAX = 20;

    public enum Severity {
        INFO,
        WARNING,
        CRITICAL
    }

    public QualityCheck {
        failingKeys = List.copyOf(failingKeys);
    }
}
