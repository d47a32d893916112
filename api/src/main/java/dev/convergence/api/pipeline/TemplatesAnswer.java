package dev.convergence.api.pipeline;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The templates that a tenant may run.
public record TemplatesAnswer(List<TemplateAnswer> templates, int total) {

    public record TemplateAnswer(
            String id,
            String name,
            String provider,
            String domain,
            String templateName,
            String description,
            String version,
            List<ParameterAnswer> parameters,
            List<String> steps) {}

    public record ParameterAnswer(
            String name,
            String type,
            String description,
            boolean required,
            @Nullable Object defaultValue,
            List<Object> allowed,
            @Nullable String pattern,
            @Nullable BigDecimal minimum,
            @Nullable BigDecimal maximum) {}
}
