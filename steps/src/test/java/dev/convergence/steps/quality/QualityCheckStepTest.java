package dev.convergence.steps.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.step.QualityCheck;
import dev.convergence.engine.step.QualityCheck.Severity;
import dev.convergence.engine.step.QualityStatus;
import dev.convergence.engine.step.StepOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityCheckStepTest {

    private static final String STATES =
            """
            CREATE TABLE policy_states AS
            SELECT 'state-' || i AS state_id,
                   '00000000-0000-0000-0000-000000000001' AS subscription_id,
                   'Compliant' AS compliance_state, TIMESTAMP '2026-11-21 00:00:00' AS state_time,
                   200 AS state_weight, 'res' AS resource_id, 'policy' AS policy_definition_id,
                   'run' AS x_run_id, 'f.jsonl' AS x_source_file, now() AS x_loaded_at,
                   'azure' AS x_provider
            FROM range(3) AS r(i)
            """;
    private static final String TOTALS =
            """
            CREATE TABLE load_source_totals AS
            SELECT 'policy_states' AS table_name, 3::BIGINT AS source_rows,
                   NULL::DECIMAL(38,20) AS source_cost
            """;

    @TempDir Path folder;

    @Test
    void a_table_that_keeps_all_rules_passes() throws Exception {
        try (StagedRun run = run(Map.of("suite", "policy_states"))) {
            run.sql(STATES);
            run.sql(TOTALS);

            StepOutcome.Done done = (StepOutcome.Done) new QualityCheckStep().run(run);

            assertThat(done.checks()).allMatch(QualityCheck::passed).hasSizeGreaterThan(10);
            assertThat(done.facts())
                    .containsEntry("overall_status", "PASS")
                    .containsEntry("expectations_failed", 0L);
            assertThat(done.rows().read()).isEqualTo(3);
        }
    }

    @Test
    void a_broken_rule_is_recorded_and_the_run_goes_on() throws Exception {
        try (StagedRun run = run(Map.of("dq_config", "policy_states"))) {
            run.sql(STATES);
            run.sql(TOTALS);
            run.sql(
                    "UPDATE policy_states SET compliance_state = 'Perhaps' WHERE state_id = 'state-1'");

            StepOutcome.Done done =
                    (StepOutcome.Done) new QualityCheckStep("gcp.data_quality", null).run(run);

            assertThat(done.facts()).containsEntry("overall_status", "FAIL");
            assertThat(done.checks())
                    .filteredOn(check -> !check.passed())
                    .extracting(QualityCheck::rule, QualityCheck::failingKeys)
                    .containsExactly(
                            tuple("dq29_state_known", List.of("state_id=state-1")),
                            tuple("dq29_states_add_up", List.of()));
        }
    }

    @Test
    void a_rule_that_says_so_fails_the_step_for_good_with_all_results() throws Exception {
        try (StagedRun run = run(Map.of("suite", "policy_states"))) {
            run.sql(STATES);
            run.sql(TOTALS);
            run.sql("DELETE FROM policy_states WHERE state_id = 'state-1'");

            StepOutcome.Failed failed = (StepOutcome.Failed) new QualityCheckStep().run(run);

            assertThat(failed.retryable()).isFalse();
            assertThat(failed.message()).contains("2 rows staged of 3 in the source");
            assertThat(failed.checks()).filteredOn(QualityCheck::passed).isNotEmpty();
        }
    }

    @Test
    void a_load_of_nothing_is_a_warning() throws Exception {
        try (StagedRun run = run(Map.of("suite", "policy_states"))) {
            run.sql(STATES);
            run.sql("DELETE FROM policy_states");
            run.sql(TOTALS.replace("3::BIGINT", "0::BIGINT"));

            StepOutcome.Done done = (StepOutcome.Done) new QualityCheckStep().run(run);

            assertThat(done.facts())
                    .containsEntry("overall_status", "WARNING")
                    .containsEntry("expectations_failed", 1L);
        }
    }

    @Test
    void a_table_that_is_not_there_is_a_clear_failure() throws Exception {
        try (StagedRun run = run(Map.of("suite", "policy_states", "table", "elsewhere"))) {
            StepOutcome.Failed failed = (StepOutcome.Failed) new QualityCheckStep().run(run);

            assertThat(failed.message()).isEqualTo("There is no staged table elsewhere to check.");
            assertThat(failed.retryable()).isFalse();
        }
    }

    @Test
    void settings_that_cannot_be_are_refused() throws Exception {
        List<Map<String, Object>> settings =
                List.of(
                        Map.of(),
                        Map.of("suite", "no_such_suite"),
                        Map.of("suite", "../findings"),
                        Map.of("suite", "findings", "table", "t\"; DROP TABLE t; --"));
        for (Map<String, Object> each : settings) {
            try (StagedRun run = run(each)) {
                assertThatThrownBy(() -> new QualityCheckStep().run(run))
                        .isInstanceOf(EngineException.class);
            }
        }
    }

    @Test
    void the_overall_status_is_fail_for_a_critical_rule_or_for_all() {
        QualityCheck good = check(Severity.CRITICAL, true);
        QualityCheck bad = check(Severity.WARNING, false);
        QualityCheck worse = check(Severity.CRITICAL, false);

        assertThat(QualityStatus.of(List.of())).isEqualTo(QualityStatus.PASS);
        assertThat(QualityStatus.of(List.of(good))).isEqualTo(QualityStatus.PASS);
        assertThat(QualityStatus.of(List.of(good, bad))).isEqualTo(QualityStatus.WARNING);
        assertThat(QualityStatus.of(List.of(good, worse))).isEqualTo(QualityStatus.FAIL);
        assertThat(QualityStatus.of(List.of(bad, bad))).isEqualTo(QualityStatus.FAIL);
    }

    private static QualityCheck check(Severity severity, boolean passed) {
        return new QualityCheck(
                "lab", "r", "not_null", "t", "v", severity, passed, 1, 0, "", "", List.of());
    }

    private StagedRun run(Map<String, Object> settings) throws IOException {
        return new StagedRun(Files.createTempDirectory(folder, "run"), settings);
    }
}
