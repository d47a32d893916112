package dev.convergence.steps.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.step.QualityCheck;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a pipeline may say about its rules: which end they have, the tags it wants, its prices.
class SettingsOfRulesTest {

    private static final String USAGE =
            """
            CREATE TABLE t AS SELECT * FROM (VALUES
              ('2026-11-01'::DATE, 'o', 'gpt-x-2026-08-06', 'usage', NULL, NULL, 1000000, 0, 0, 100000, NULL, NULL),
              ('2026-11-01'::DATE, 'o', 'gpt-x-2026-08-06', 'cost', 2.0, 'USD', NULL, NULL, NULL, NULL, NULL, NULL),
              ('2026-11-01'::DATE, 'o', 'gpt-x-2026-08-06', 'cost', 1.02, 'USD', NULL, NULL, NULL, NULL, NULL, NULL),
              ('2026-11-01'::DATE, 'o', 'gpt-x-mini', 'usage', NULL, NULL, 5, 0, 0, 0, NULL, NULL),
              ('2026-11-01'::DATE, 'o', 'gpt-x-mini', 'cost', 99.0, 'USD', NULL, NULL, NULL, NULL, NULL, NULL),
              ('2026-11-02'::DATE, 'o', 'gpt-x', 'usage_and_cost', 1.5, 'USD', 1000000, 0, 0, 100000, 'batch', NULL))
            AS v (usage_date, organization_id, model, kind, cost, currency, input_tokens,
              cached_input_tokens, cache_write_tokens, output_tokens, service_tier, cost_type)
            """;
    private static final Map<String, Object> PRICES =
            Map.of("price_list", List.of(Map.of("model", "gpt-x", "input", 2, "output", "10")));

    private final Lab lab = new Lab();

    @AfterEach
    void close() throws SQLException {
        lab.close();
    }

    @Test
    void costs_are_held_against_tokens_and_a_price_list_model_by_model_and_day_by_day()
            throws SQLException {
        lab.sql(USAGE);
        String rule = "\"kind\": \"costs_match_prices\", \"tolerance\": 0.05";

        QualityCheck kept = lab.check(rule, PRICES);
        assertThat(kept.passed()).as("%s", kept).isTrue();
        assertThat(kept.rowsChecked()).isEqualTo(2);

        lab.sql("UPDATE t SET cost = 2.5 WHERE cost = 2.0");
        QualityCheck broken = lab.check(rule, PRICES);
        assertThat(broken.passed()).isFalse();
        assertThat(broken.failingKeys())
                .containsExactly(
                        "usage_date=2026-11-01, model=gpt-x-2026-08-06: billed 3.52, by price list 3.0");
    }

    @Test
    void without_prices_or_tags_there_is_nothing_to_ask() throws SQLException {
        lab.sql(USAGE);
        assertThat(lab.check("\"kind\": \"costs_match_prices\", \"tolerance\": 0.05").actual())
                .isEqualTo(CostsMatchPrices.NO_PRICES);
        assertThat(
                        lab.check(
                                        "\"kind\": \"tag_coverage\", \"column\": \"model\","
                                                + " \"of\": \"cost\", \"by\": [\"model\"],"
                                                + " \"target\": 0.5")
                                .actual())
                .isEqualTo(TagCoverage.NONE_REQUIRED);
    }

    @Test
    void tags_are_missing_where_they_are_blank_or_no_json() throws SQLException {
        lab.table(
                "VARCHAR",
                "'{\"a.b\": \"x\"}'",
                "'{\"a.b\": \" \"}'",
                "'no json'",
                "NULL",
                "'{\"a\": {\"b\": 1}}'");
        lab.sql("ALTER TABLE t ADD COLUMN cost DECIMAL(38,20) DEFAULT -1");
        QualityCheck check =
                lab.check(
                        "\"kind\": \"tag_coverage\", \"column\": \"v\", \"of\": \"cost\","
                                + " \"by\": [\"id\"], \"target\": 0.21",
                        Map.of("required_tags", List.of("a.b")));
        assertThat(check.actual()).isEqualTo("share 0.2");
        assertThat(check.passed()).isFalse();
        assertThat(check.failingKeys()).containsExactly("id=1", "id=2", "id=3", "id=4");
    }

    @Test
    void a_rule_ends_as_the_pipeline_says() {
        RuleActions actions =
                RuleActions.of(Map.of("on_fail", Map.of("DQ09", "quarantine", "dq02", "FAIL_RUN")));
        Suite suite =
                SuiteSettings.of(Map.of("on_fail", Map.of("DQ09", "quarantine")))
                        .applyTo(new Suites().find("focus_cost_usage"));
        assertThat(suite.rules())
                .filteredOn(rule -> rule.onFail() == Rule.OnFail.QUARANTINE)
                .extracting(Rule::name)
                .allMatch(name -> name.startsWith("dq09_"))
                .hasSize(4);
        assertThat(actions.failsRun(LoadRules.ROWS_NEAR_USUAL, false)).isTrue();
        assertThat(actions.failsRun(LoadRules.NO_ANOMALY, false)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "on_fail=[]",
                "on_fail={\"dq99\":\"WARN\"}",
                "on_fail={\"dq09\":\"EXPLODE\"}",
                "on_fail={\"dq11_one_currency\":\"QUARANTINE\"}",
                "required_tags=\"team\"",
                "tag_target=1.1",
                "tag_target=\"many\"",
                "price_list=[1]",
                "price_list=[{\"model\":\"m\",\"input\":\"x\",\"output\":1}]",
            })
    void what_cannot_be_is_refused_by_name(String setting) {
        String field = setting.substring(0, setting.indexOf('='));
        Object value = json(setting.substring(field.length() + 1));
        assertThatThrownBy(() ->
                        SuiteSettings.of(Map.of(field, value))
                                .applyTo(new Suites().find("focus_cost_usage")))
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith(field + ": ");
    }

    private static Object json(String text) {
        return tools.jackson.databind.json.JsonMapper.shared().readValue(text, Object.class);
    }
}
