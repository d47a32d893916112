package dev.convergence.engine.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Which steps a repetition leaves out.
class RepetitionTest {

    private static final List<StepSpec> TWO_BRANCHES =
            List.of(
                    step("aws"),
                    step("check_aws", "aws"),
                    step("azure"),
                    step("check_azure", "azure"));

    @Test
    void a_branch_that_was_done_is_left_out() {
        assertThat(leftOut(TWO_BRANCHES, "check_azure", "aws", "check_aws", "azure"))
                .containsExactlyInAnyOrder("aws", "check_aws");
    }

    @Test
    void what_the_repeated_steps_stand_on_is_done_again_and_so_is_what_follows() {
        List<StepSpec> line = List.of(step("a"), step("b", "a"), step("c", "b"));
        assertThat(leftOut(line, "b", "a")).isEmpty();
        assertThat(leftOut(line, "c", "a", "b")).isEmpty();
    }

    @Test
    void a_join_takes_all_its_branches_with_it() {
        List<StepSpec> join = List.of(step("a"), step("b"), step("join", "a", "b"), step("c"));
        assertThat(leftOut(join, "a", "b", "c")).containsExactly("c");
    }

    @Test
    void what_was_not_done_is_never_left_out() {
        assertThat(leftOut(TWO_BRANCHES, "aws", "azure")).isEmpty();
    }

    @Test
    void a_job_carries_it() {
        assertThat(Repetition.in(Map.of("from_step", "b", "done_steps", List.of("a"))))
                .contains(new Repetition("b", Set.of("a")));
        assertThat(Repetition.in(Map.of("parameters", Map.of()))).isEmpty();
    }

    private static Set<String> leftOut(List<StepSpec> steps, String from, String... done) {
        return new Repetition(from, Set.of(done)).leftOut(steps);
    }

    private static StepSpec step(String id, String... dependsOn) {
        return new StepSpec(
                id,
                "system.probe",
                id,
                List.of(dependsOn),
                Duration.ofMinutes(1),
                true,
                StepSpec.Trigger.NONE,
                Map.of());
    }
}
