package dev.convergence.api.pipeline;

import dev.convergence.api.pipeline.TemplatesAnswer.TemplateAnswer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A template, and what whoever sets it up needs to know.
///
/// @param parametersSchema a JSON Schema of the parameters of a run
/// @param policy the least rights that the source has to give, as text; null where the template
///   reads no source that asks for any
public record TemplateDetailAnswer(
        TemplateAnswer template, Map<String, Object> parametersSchema, @Nullable String policy) {}
