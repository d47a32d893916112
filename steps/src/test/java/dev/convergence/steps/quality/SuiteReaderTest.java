package dev.convergence.steps.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.FieldError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuiteReaderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "billing_cost_daily",
                "focus_cost_usage",
                "aws_cost_line_items",
                "azure_cost_details",
                "oci_cost_lines",
                "ai_usage_daily",
                "findings",
                "policy_states"
            })
    void every_bundled_suite_can_be_read(String name) {
        Suite suite = new Suites().find(name);

        assertThat(suite.table()).isEqualTo(name);
        assertThat(suite.rules()).hasSizeGreaterThan(3);
        assertThat(suite.rules().stream().filter(r -> r.onFail() == Rule.OnFail.FAIL_RUN))
                .isNotEmpty();
    }

    @Test
    void the_billing_suite_has_the_rules_of_the_specification() {
        assertThat(new Suites().find("billing_cost_daily").rules()).hasSizeGreaterThanOrEqualTo(24);
    }

    @Test
    void all_faults_of_a_file_are_told_at_once() {
        EngineException refusal =
                refusal(
                        """
                        {"suite": "other", "table": "t; DROP TABLE t", "key": ["id"], "colour": 1,
                         "description": "Faulty",
                         "rules": [
                           {"rule": "a", "kind": "is_prime", "column": "v"},
                           {"rule": "b", "kind": "not_null"},
                           {"rule": "b", "kind": "between", "column": "v", "min": "0", "mostly": 2},
                           {"rule": "c", "kind": "unique", "columns": ["v"], "on_fail": "QUARANTINE"},
                           {"rule": "d", "kind": "matches_regex", "column": "v", "regex": "("},
                           {"rule": "e", "kind": "row_count_between", "min": 2, "max": 1, "mostly": 1}]}
                        """);

        assertThat(refusal.fields())
                .extracting(FieldError::field)
                .contains(
                        "suite",
                        "table",
                        "colour",
                        "rules[0].kind",
                        "rules[0].column",
                        "rules[1].column",
                        "rules[2].min",
                        "rules[2].mostly",
                        "rules[3].on_fail",
                        "rules[4].regex",
                        "rules[5].min",
                        "rules[5].mostly",
                        "rules");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v\\\" OR true --", "v) OR (1=1", "a.b", "", "v v"})
    void a_column_that_is_no_name_is_refused(String column) {
        EngineException refusal =
                refusal(
                        """
                        {"suite": "lab", "description": "x", "table": "t", "key": ["id"], "rules": [
                          {"rule": "a", "kind": "columns_match", "columns": ["ok", "%1$s"]},
                          {"rule": "b", "kind": "not_null", "column": "v", "when": {"%1$s": "not_null"}}]}
                        """
                                .formatted(column));

        assertThat(refusal.fields()).extracting(FieldError::code).contains("INVALID_NAME");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "\"text\"", "{\"suite\": \"lab\", \"suite\": \"lab\"}"})
    void a_file_that_is_no_suite_is_refused(String text) {
        assertThat(refusal(text).fields()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "nothing_here", "quality/findings", ""})
    void a_suite_that_is_not_there_is_refused(String name) {
        EngineException refusal =
                catchThrowableOfType(EngineException.class, () -> new Suites().find(name));

        assertThat(refusal).isNotNull();
    }

    private static EngineException refusal(String text) {
        return catchThrowableOfType(EngineException.class, () -> Lab.read(text));
    }
}
