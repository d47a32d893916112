package dev.convergence.service.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.template.ParameterSpec;
import dev.convergence.engine.template.StepSpec;
import dev.convergence.engine.template.Template;
import dev.convergence.engine.template.TemplatePath;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateReaderTest {

    private static final TemplateReader READER = new TemplateReader(KnownTypes.ALL);

    private static final String VALID =
            """
            pipeline_id: "{tenant_id}-test"
            name: Test
            timeout_minutes: 45
            parameters:
              rows: {type: integer, default: 5, minimum: 1, maximum: 9}
              source: {type: string, enum: [auto, landing], required: true}
            variables:
              table: daily
            steps:
              - step_id: first
                ps_type: gcp.bq_etl
                source:
                  query: SELECT 1
                destination:
                  table: "{table}"
                  write_mode: append
              - step_id: second
                ps_type: gcp.data_quality
                depends_on: [first]
                timeout_minutes: 7
                on_failure: continue
                dq_config: billing
              - step_id: mail
                ps_type: notify_systems.email_notification
                trigger: on_failure
                to_emails: [a@example.com]
            """;

    @Test
    void a_valid_template_is_read_whole() {
        TemplateReader.Reading reading = read(VALID);
        assertThat(reading.errors()).isEmpty();
        Template template = reading.orRefuse();
        assertThat(template.timeout()).isEqualTo(Duration.ofMinutes(45));
        assertThat(template.variables()).isEqualTo(Map.of("table", "daily"));
        assertThat(template.version()).matches("[0-9a-f]{64}");
        assertThat(template.parameters())
                .extracting(ParameterSpec::name, ParameterSpec::defaultValue)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("rows", 5L),
                        org.assertj.core.groups.Tuple.tuple("source", null));
        StepSpec second = template.steps().get(1);
        assertThat(second.dependsOn()).containsExactly("first");
        assertThat(second.timeout()).isEqualTo(Duration.ofMinutes(7));
        assertThat(second.failOnError()).isFalse();
        assertThat(second.config()).isEqualTo(Map.of("dq_config", "billing"));
        assertThat(template.steps().get(2).trigger()).isEqualTo(StepSpec.Trigger.ON_FAILURE);
        assertThat(template.steps().get(2).config())
                .isEqualTo(Map.of("to_emails", List.of("a@example.com")));
    }

    @Test
    void the_older_word_for_retries_counts_where_the_newer_is_missing() {
        String steps = "\nsteps: [{step_id: a, ps_type: system.probe}]";
        assertThat(read("pipeline_id: x\nmax_retries: 2" + steps).orRefuse().retriesMax())
                .isEqualTo(2);
        assertThat(
                        read("pipeline_id: x\nmax_retries: 2\nretry_attempts: 1" + steps)
                                .orRefuse()
                                .retriesMax())
                .isEqualTo(1);
        assertThat(read("pipeline_id: x" + steps).orRefuse().retriesMax()).isNull();
    }

    @Test
    void what_is_not_said_has_a_default() {
        Template template =
                read("pipeline_id: x\nsteps: [{step_id: a, ps_type: system.probe}]").orRefuse();
        assertThat(template.timeout()).isEqualTo(Duration.ofMinutes(30));
        assertThat(template.steps().getFirst().timeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(template.steps().getFirst().failOnError()).isTrue();
        assertThat(template.steps().getFirst().trigger()).isEqualTo(StepSpec.Trigger.NONE);
    }

    /// What is replaced in the valid template, by what, and the code, path and line of the error.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "pipeline_id: \"{tenant_id}-test\" | tags: [a]             | REQUIRED | pipeline_id | 1",
                "pipeline_id: \"{tenant_id}-test\" | pipeline_id: \"\"       | PATTERN | pipeline_id | 1",
                "pipeline_id: \"{tenant_id}-test\" | pipeline_id: \"a b/c\"  | PATTERN | pipeline_id | 1",
                "name: Test | name: 7 | WRONG_TYPE | name | 2",
                "name: Test | nmae: Test | UNKNOWN_FIELD | nmae | 2",
                "name: Test | retry_attempts: -1 | OUT_OF_RANGE | retry_attempts | 2",
                "name: Test | retry_attempts: 11 | OUT_OF_RANGE | retry_attempts | 2",
                "timeout_minutes: 45 | timeout_minutes: 0 | OUT_OF_RANGE | timeout_minutes | 3",
                "timeout_minutes: 45 | timeout_minutes: 1441 | OUT_OF_RANGE | timeout_minutes | 3",
                "timeout_minutes: 45 | timeout_minutes: soon | WRONG_TYPE | timeout_minutes | 3",
                "timeout_minutes: 45 | timeout_seconds: 59 | OUT_OF_RANGE | timeout_seconds | 3",
                "default: 5 | default: 10 | OUT_OF_RANGE | parameters.rows.default | 5",
                "type: integer | type: float | NOT_ALLOWED | parameters.rows.type | 5",
                "type: string, | type: string, pattern: \"[\", | PATTERN | parameters.source.pattern | 6",
                "step_id: second | step_id: first | DUPLICATE | steps[1].step_id | 17",
                "step_id: first | name: first | REQUIRED | steps[0].step_id | 10",
                "ps_type: gcp.bq_etl | ps_type: bq_etl | PATTERN | steps[0].ps_type | 11",
                "ps_type: gcp.bq_etl | ps_type: gcp.nothing | UNKNOWN_STEP_TYPE | steps[0].ps_type | 11",
                "query: SELECT 1 | use_org_credentials: true | REQUIRED | steps[0].source.query | 12",
                "table: \"{table}\" | recreate: true | REQUIRED | steps[0].destination.table | 14",
                "write_mode: append | write_mode: replace | NOT_ALLOWED | steps[0].destination.write_mode | 16",
                "dq_config: billing | name: x | REQUIRED | steps[1].dq_config | 17",
                "timeout_minutes: 7 | timeout_minutes: 0 | OUT_OF_RANGE | steps[1].timeout_minutes | 20",
                "timeout_minutes: 7 | timeout_minutes: 121 | OUT_OF_RANGE | steps[1].timeout_minutes | 20",
                "depends_on: [first] | depends_on: [first, first] | DUPLICATE | steps[1].depends_on | 19",
                "depends_on: [first] | depends_on: [nobody] | UNKNOWN_STEP | steps[1].depends_on[0] | 19",
                "depends_on: [first] | depends_on: [second] | CYCLE | steps[1].depends_on | 19",
                "depends_on: [first] | depends_on: [mail] | TRIGGERED_STEP | steps[1].depends_on | 19",
                "trigger: on_failure | trigger: sometimes | NOT_ALLOWED | steps[2].trigger | 25",
                "on_failure: continue | on_failure: explode | NOT_ALLOWED | steps[1].on_failure | 21",
            })
    void a_fault_is_found_and_named_with_its_line(
            String right, String wrong, String code, String path, int line) {
        List<TemplateProblem> errors = read(VALID.replace(right, wrong)).errors();
        assertThat(errors)
                .as(errors.toString())
                .anyMatch(error -> error.code().equals(code) && error.path().equals(path));
        TemplateProblem found =
                errors.stream()
                        .filter(is(code).and(error -> error.path().equals(path)))
                        .findFirst()
                        .orElseThrow();
        assertThat(found.line()).isEqualTo(line);
        assertThat(found.message()).contains(path);
    }

    private static Predicate<TemplateProblem> is(String code) {
        return error -> error.code().equals(code);
    }

    @Test
    void a_key_that_stands_twice_is_found() {
        assertThat(read(VALID.replace("name: Test", "name: Test\nname: Again")).errors())
                .containsExactly(
                        new TemplateProblem("name", 3, "DUPLICATE_KEY", "name stands here twice."));
    }

    @Test
    void a_query_step_needs_a_source_and_a_destination() {
        assertThat(read("pipeline_id: x\nsteps: [{step_id: a, ps_type: gcp.bq_etl}]").errors())
                .extracting(TemplateProblem::path)
                .containsExactlyInAnyOrder("steps[0].source", "steps[0].destination");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timeout_minutes: 1",
                "timeout_minutes: 1440",
                "retry_attempts: 0",
                "retry_attempts: 10",
                "timeout_seconds: 60"
            })
    void the_ends_of_a_range_are_allowed(String field) {
        assertThat(read(VALID.replace("timeout_minutes: 45", field)).errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pipeline_id: x", "pipeline_id: x\nsteps: []", "pipeline_id: x\nsteps:"})
    void a_template_without_steps_is_refused(String text) {
        assertThat(read(text).errors()).extracting(TemplateProblem::path).contains("steps");
    }

    @Test
    void a_cycle_of_three_is_shown() {
        String text =
                """
                pipeline_id: x
                steps:
                  - {step_id: a, ps_type: system.probe, depends_on: [c]}
                  - {step_id: b, ps_type: system.probe, depends_on: [a]}
                  - {step_id: c, ps_type: system.probe, depends_on: [b]}
                """;
        assertThat(read(text).errors())
                .singleElement()
                .satisfies(error -> assertThat(error.message()).contains("a → c → b → a"));
    }

    @Test
    void all_faults_of_a_file_are_told_at_once() {
        String text =
                VALID.replace("timeout_minutes: 45", "timeout_minutes: 0")
                        .replace("ps_type: gcp.bq_etl", "ps_type: nothing")
                        .replace("depends_on: [first]", "depends_on: [nobody]")
                        .replace("minimum: 1", "minimun: 1")
                        .replace("trigger: on_failure", "trigger: 7");
        assertThat(read(text).errors())
                .hasSize(5)
                .isSortedAccordingTo(java.util.Comparator.comparing(TemplateProblem::line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing",
                "a: [",
                "a: b: c",
                "\t- x",
                "- a\n- b",
                "text",
                "a: &x [1]\nb: *x",
                "? [a]\n: b"
            })
    void what_is_no_template_is_refused_with_a_line(String text) {
        assertThat(read(text).errors())
                .isNotEmpty()
                .allSatisfy(error -> assertThat(error.line()).isPositive());
    }

    @Test
    void a_text_made_to_exhaust_the_reader_is_refused() {
        String bomb = "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n";
        assertThat(read(bomb).errors()).anyMatch(is("ANCHOR"));
        assertThat(read("[".repeat(100_000)).errors()).hasSize(1);
        assertThat(read("a: " + "{a: ".repeat(60_000)).errors()).hasSize(1);
        assertThat(read("a: " + "x".repeat(300_000)).errors()).hasSize(1);
    }

    private static TemplateReader.Reading read(String text) {
        return READER.read(new TemplatePath("gcp", "cost", "test"), text);
    }
}
