package dev.convergence.service.template;

import dev.convergence.engine.template.ParameterSpec;
import dev.convergence.engine.template.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The JSON Schema of the parameters that a run of a template may set.
public final class ParameterSchema {

    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private ParameterSchema() {}

    public static Map<String, Object> of(Template template) {
        Map<String, Object> properties = new LinkedHashMap<>();
        template.parameters().forEach(spec -> properties.put(spec.name(), property(spec)));
        List<String> required =
                template.parameters().stream()
                        .filter(ParameterSpec::required)
                        .map(ParameterSpec::name)
                        .toList();
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", DIALECT);
        schema.put("title", "Parameters of " + template.path());
        schema.put("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    private static Map<String, Object> property(ParameterSpec spec) {
        Map<String, Object> property = new LinkedHashMap<>(type(spec.type()));
        property.put("description", spec.description());
        put(property, "default", spec.defaultValue());
        put(property, "enum", spec.allowed().isEmpty() ? null : spec.allowed());
        put(property, "pattern", spec.pattern() == null ? null : "^(?:" + spec.pattern() + ")$");
        put(property, "minimum", spec.minimum());
        put(property, "maximum", spec.maximum());
        return property;
    }

    private static void put(Map<String, Object> property, String name, @Nullable Object value) {
        if (value != null) {
            property.put(name, value);
        }
    }

    private static Map<String, Object> type(ParameterSpec.Type type) {
        return switch (type) {
            case STRING -> Map.of("type", "string");
            case INTEGER -> Map.of("type", "integer");
            case NUMBER -> Map.of("type", "number");
            case BOOLEAN -> Map.of("type", "boolean");
            case DATE -> Map.of("type", "string", "format", "date");
            case LIST -> Map.of("type", "array");
            case OBJECT -> Map.of("type", "object");
            case ANY -> Map.of();
        };
    }
}
