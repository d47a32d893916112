package dev.convergence.engine.template;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a pipeline does: its parameters and its steps, as read from a YAML file.
///
/// @param path `{provider}/{domain}/{name}`, lower case
/// @param pipelineId the id of its runs before placeholders are filled in
/// @param version a hash of the file, stored with each run
/// @param retriesMax how often a failed run is tried again; null where the template leaves it open
/// @param variables values for placeholders that no caller sets
public record Template(
        TemplatePath path,
        String pipelineId,
        String title,
        String description,
        String version,
        Duration timeout,
        @Nullable Integer retriesMax,
        List<ParameterSpec> parameters,
        Map<String, Object> variables,
        List<StepSpec> steps) {

    public Template {
        parameters = List.copyOf(parameters);
        variables = Map.copyOf(variables);
        steps = List.copyOf(steps);
    }
}
