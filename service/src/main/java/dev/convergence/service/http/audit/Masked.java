package dev.convergence.service.http.audit;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A document as the audit log may keep it: secrets masked, and not too large.
final class Masked {

    private static final Pattern SECRET =
            Pattern.compile(
                    "(?i).*(secret|passw|token|api_key$|apikey|private_key|access_key|credentials$"
                            + "|authorization|connection_string|signature).*");

    /// An escaped NUL, which the database does not store; not one whose backslash is escaped
    /// itself.
    private static final Pattern NUL = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u0000");

    private static final int BYTES_MAX = 64 * 1024;
    private static final String MASK = "***";

    private final JsonMapper json;

    Masked(JsonMapper json) {
        this.json = json;
    }

    /// The document as JSON; null when there is none.
    @Nullable String of(byte[] body) {
        if (body.length == 0) {
            return null;
        }
        if (body.length > BYTES_MAX) {
            return json.writeValueAsString(Map.of("too_large", true, "bytes", body.length));
        }
        try {
            JsonNode tree = json.readTree(body);
            mask(tree);
            String text = json.writeValueAsString(tree.isObject() ? tree : Map.of("value", tree));
            return NUL.matcher(text).replaceAll("$1 ");
        } catch (JacksonException noJson) {
            return json.writeValueAsString(
                    Map.of(
                            "text",
                            new String(body, StandardCharsets.UTF_8).length() + " characters"));
        }
    }

    JsonNode tree(byte[] body) {
        try {
            return json.readTree(body);
        } catch (JacksonException noJson) {
            return json.createObjectNode();
        }
    }

    private static void mask(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (String name : object.propertyNames().stream().toList()) {
                JsonNode value = object.path(name);
                if (SECRET.matcher(name).matches() && !value.isNull() && !value.isBoolean()) {
                    object.put(name, MASK);
                } else {
                    mask(value);
                }
            }
        } else if (node instanceof ArrayNode array) {
            array.forEach(Masked::mask);
        }
    }
}
