package dev.convergence.service.http.idempotency;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Takes out of an answer what is shown once, so that it is neither shown again nor stored.
final class OneTimeFields {

    private static final List<String> NAMES = List.of("api_key", "secret");

    private final JsonMapper json;

    OneTimeFields(JsonMapper json) {
        this.json = json;
    }

    byte[] without(byte[] body) {
        try {
            JsonNode tree = json.readTree(body);
            return blank(tree) ? json.writeValueAsBytes(tree) : body;
        } catch (JacksonException notJson) {
            return body;
        }
    }

    private static boolean blank(JsonNode node) {
        boolean changed = false;
        if (node instanceof ObjectNode object) {
            for (String name : NAMES) {
                if (object.has(name)) {
                    object.putNull(name);
                    changed = true;
                }
            }
        }
        if (node instanceof ObjectNode || node instanceof ArrayNode) {
            for (JsonNode child : node) {
                changed |= blank(child);
            }
        }
        return changed;
    }
}
