package dev.convergence.steps.conformance;

import static dev.convergence.steps.LoadFixture.assertDone;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.step.QualityCheck;
import dev.convergence.engine.step.StepOutcome;
import dev.convergence.steps.LoadFixture;
import dev.convergence.steps.LoadFixture.Bill;
import dev.convergence.steps.SharedData;
import dev.convergence.steps.SwitchedOff;
import dev.convergence.steps.duckdb.Session;
import dev.convergence.steps.duckdb.Staging;
import dev.convergence.steps.quality.QualityCheckStep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ConformanceCheckTest {

    private static final String ROWS =
            """
            CREATE TABLE t AS SELECT * FROM (VALUES
              ('USD', 'a', 'Hours', 1.5::DECIMAL(38,20), 2::DECIMAL(38,20), 3::DECIMAL(38,20), '{"k":"v"}'::JSON),
              ('usd', 'a', '100 Hours', -1::DECIMAL(38,20), 2::DECIMAL(38,20), 3::DECIMAL(38,20), '[1]'::JSON),
              (NULL, '', 'GB-Months', NULL, NULL, NULL, NULL)) AS v(cur, txt, unit, a, b, r, tags)
            """;

    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'CheckFunction':'CheckValue','ColumnName':'cur','Value':'USD'} | 2",
                "{'CheckFunction':'CheckValue','ColumnName':'cur','Value':null} | 2",
                "{'CheckFunction':'CheckNotValue','ColumnName':'cur','Value':null} | 1",
                "{'CheckFunction':'CheckNotValue','ColumnName':'cur','Value':'USD'} | 1",
                "{'CheckFunction':'CheckNationalCurrency','ColumnName':'cur'} | 1",
                "{'CheckFunction':'FormatCurrency','ColumnName':'cur'} | 1",
                "{'CheckFunction':'FormatString','ColumnName':'txt'} | 1",
                "{'CheckFunction':'FormatUnit','ColumnName':'unit'} | 0",
                "{'CheckFunction':'FormatKeyValue','ColumnName':'tags'} | 1",
                "{'CheckFunction':'TypeDecimal','ColumnName':'a'} | 0",
                "{'CheckFunction':'TypeString','ColumnName':'a'} | 3",
                "{'CheckFunction':'TypeDateTime','ColumnName':'a'} | 3",
                "{'CheckFunction':'FormatNumeric','ColumnName':'a'} | 0",
                "{'CheckFunction':'FormatDateTime','ColumnName':'a'} | 3",
                "{'CheckFunction':'CheckDecimalValue','ColumnName':'a'} | 0",
                "{'CheckFunction':'ColumnPresent','ColumnName':'a'} | 0",
                "{'CheckFunction':'ColumnPresent','ColumnName':'z'} | 3",
                "{'CheckFunction':'CheckGreaterOrEqualThanValue','ColumnName':'a','Value':0} | 1",
                "{'CheckFunction':'ColumnByColumnEqualsColumnValue','ColumnAName':'a','ColumnBName':'b','ResultColumnName':'r'} | 1",
                "{'CheckFunction':'CheckDistinctCount','ColumnAName':'txt','ColumnBName':'cur','ExpectedCount':1} | 3",
                "{'CheckFunction':'CheckSameValue','ColumnAName':'a','ColumnBName':'b'} | 2",
                "{'CheckFunction':'CheckNotSameValue','ColumnAName':'a','ColumnBName':'b'} | 1",
                "{'CheckFunction':'OR','Items':[{'CheckFunction':'CheckValue','ColumnName':'cur','Value':null},{'CheckFunction':'CheckValue','ColumnName':'cur','Value':'USD'}]} | 1",
                "{'CheckFunction':'AND','Items':[{'CheckFunction':'CheckNotValue','ColumnName':'cur','Value':null},{'CheckFunction':'CheckValue','ColumnName':'txt','Value':'a'}]} | 1",
            })
    void a_check_function_counts_the_rows_that_break_it(String check, long broken)
            throws Exception {
        assertThat(conformance(model(check, "{}"), Map.of(), Set.of()).broken())
                .extracting(Conformance.Broken::rows)
                .isEqualTo(broken == 0 ? List.of() : List.of(broken));
    }

    @Test
    void a_condition_says_which_rows_a_rule_is_about() throws Exception {
        String check = "{'CheckFunction':'CheckValue','ColumnName':'unit','Value':'Hours'}";
        String condition = "{'CheckFunction':'CheckValue','ColumnName':'cur','Value':'USD'}";
        assertThat(conformance(model(check, condition), Map.of(), Set.of()).sentence())
                .isEqualTo("1 of 1 applicable FOCUS 1.2 rules hold");
    }

    @Test
    void waived_rules_and_those_of_what_is_not_supported_are_not_counted() throws Exception {
        Path model = model("{'CheckFunction':'ColumnPresent','ColumnName':'z'}", "{}");
        Conformance waived = conformance(model, Map.of("R-1", "known gap"), Set.of());
        assertThat(waived.sentence())
                .isEqualTo("0 of 0 applicable FOCUS 1.2 rules hold, 1 are waived");
        assertThat(waived.waived()).containsExactly("R-1: known gap");
        assertThat(conformance(model, Map.of(), Set.of("NEEDED")).applicable()).isZero();
    }

    @Test
    void the_published_model_judges_a_load_and_the_check_tells_how_many_rules_hold()
            throws Exception {
        Path model = SharedData.file("focus/focus_validator_model_1.2.json");
        LoadFixture fixture = new LoadFixture(directory);
        fixture.land(
                "focus/cost/a.csv",
                Files.readAllBytes(SharedData.file("focus/focus_1_0_sample.csv")));
        try (var run = fixture.run(Bill.FOCUS, Map.of(), LoadFixture.yesterday())) {
            assertDone(run.step("source.extract", Bill.FOCUS.extract()));
            StepOutcome checked =
                    new QualityCheckStep("quality.check", model)
                            .run(
                                    run.context(
                                            Map.of(
                                                    "suite",
                                                    "focus_cost_usage",
                                                    "focus_rules",
                                                    true)));
            assertDone(checked);
            List<QualityCheck> rules =
                    ((StepOutcome.Done) checked)
                            .checks().stream()
                                    .filter(c -> c.suite().equals("focus_rules"))
                                    .toList();
            assertThat(rules.getFirst().actual())
                    .matches("2\\d\\d of 277 applicable FOCUS 1.2 rules hold");
            assertThat(rules).hasSizeGreaterThan(1).allMatch(check -> !check.passed());
            assertThat(fixture.log)
                    .anyMatch(line -> line.endsWith("applicable FOCUS 1.2 rules hold."));
        }
    }

    private Conformance conformance(
            Path model, Map<String, String> waivers, Set<String> unsupported) throws Exception {
        try (Staging staging = Staging.open(directory.resolve("t.duckdb"));
                Session session = new Session(staging.connect(), SwitchedOff.never())) {
            session.execute(ROWS.replace("CREATE TABLE", "CREATE OR REPLACE TABLE"));
            return new ConformanceCheck(model, waivers, unsupported).of(session, "t");
        }
    }

    private Path model(String check, String condition) throws Exception {
        String model =
                """
                {"Details":{"FOCUSVersion":"1.2"},"ModelRules":{
                  "R-1":{"Function":"Validation","Reference":"X","Status":"Active","Type":"Static",
                    "ApplicabilityCriteria":["NEEDED"],"ValidationCriteria":{"MustSatisfy":"It must.",
                    "Keyword":"MUST","Requirement":%s,"Condition":%s}},
                  "R-2":{"Function":"Composite","Reference":"X","Status":"Active","Type":"Static",
                    "ValidationCriteria":{"Requirement":{"CheckFunction":"AND","Items":[]}}},
                  "R-3":{"Function":"Validation","Reference":"X","Status":"Active","Type":"Dynamic",
                    "ValidationCriteria":{"Requirement":{}}}}}
                """
                        .formatted(check.replace('\'', '"'), condition.replace('\'', '"'));
        JsonMapper.builder().build().readTree(model);
        return Files.writeString(directory.resolve("model.json"), model);
    }
}
