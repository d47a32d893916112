package dev.convergence.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Values as they stand on a command line.
final class Values {

    private Values() {}

    /// JSON where it is JSON, such as `3`, `true` or `{"a": 1}`; any other text is itself.
    static Object of(String text) {
        try {
            JsonNode value = Json.MAPPER.readTree(text);
            return value.isMissingNode() ? text : value;
        } catch (JacksonException notJson) {
            return text;
        }
    }

    /// Parameters are checked against the template by the server, which reads numbers from text.
    static Map<String, Object> parameters(@Nullable Map<String, String> given) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (given != null) {
            given.forEach((name, text) -> parameters.put(name, part(text)));
        }
        return parameters;
    }

    private static Object part(String text) {
        return text.startsWith("{") || text.startsWith("[") ? of(text) : text;
    }
}
