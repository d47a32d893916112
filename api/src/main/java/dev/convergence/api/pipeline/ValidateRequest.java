package dev.convergence.api.pipeline;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A template to check: one that is there, by name, or one to come, as YAML.
public record ValidateRequest(
        @Nullable String provider,
        @Nullable String domain,
        @JsonAlias({"pipeline_template", "template"}) @Nullable String templateName,
        @Nullable String yaml,
        @Nullable Map<String, Object> parameters) {}
