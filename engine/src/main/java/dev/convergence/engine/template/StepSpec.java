package dev.convergence.engine.template;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// One step of a template.
///
/// @param type names the [dev.convergence.engine.step.Step] that does the work
/// @param dependsOn the steps that must have ended well before
/// @param failOnError false: a failure is recorded, and the run goes on
/// @param trigger NONE for ordinary steps; anything else makes it a notification, run after the
///   others
/// @param config the step's own settings, with placeholders
public record StepSpec(
        String id,
        String type,
        String title,
        List<String> dependsOn,
        Duration timeout,
        boolean failOnError,
        Trigger trigger,
        Map<String, Object> config) {

    public enum Trigger {
        NONE,
        ON_SUCCESS,
        ON_FAILURE,
        ON_COMPLETION,
        ALWAYS
    }

    public StepSpec {
        dependsOn = List.copyOf(dependsOn);
        config = Map.copyOf(config);
    }
}
