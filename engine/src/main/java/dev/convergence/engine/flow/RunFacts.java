package dev.convergence.engine.flow;

import dev.convergence.engine.step.DateWindow;
import dev.convergence.engine.template.StepSpec;
import dev.convergence.engine.template.Template;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What all steps of a run have in common.
///
/// @param parameters checked and with defaults
/// @param leftOut steps that a repetition does not do again
/// @param variables what placeholders in step settings stand for
record RunFacts(
        Template template,
        Map<String, Object> parameters,
        Map<String, Object> variables,
        DateWindow window,
        Instant startedAt,
        Set<String> leftOut) {

    /// The steps that are run; notifications come after their end.
    List<StepSpec> ordinary() {
        return ordinary(template).stream().filter(step -> !leftOut.contains(step.id())).toList();
    }

    static List<StepSpec> ordinary(Template template) {
        return template.steps().stream()
                .filter(step -> step.trigger() == StepSpec.Trigger.NONE)
                .toList();
    }
}
