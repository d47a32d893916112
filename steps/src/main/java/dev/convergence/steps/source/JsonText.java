package dev.convergence.steps.source;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON in which numbers keep every digit: a double would lose them.
final class JsonText {

    static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private static final int EXPONENT_MAX = 1000;

    private JsonText() {}

    static String valid(String text) {
        parse(text);
        return text;
    }

    static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException notJson) {
            throw new BadValue("is not JSON");
        }
    }

    /// The object that a text holds; null when it holds none.
    static @Nullable ObjectNode object(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return MAPPER.readTree(text) instanceof ObjectNode object ? object : null;
        } catch (JacksonException notJson) {
            return null;
        }
    }

    /// What a text holds; nothing where it is none, or no JSON.
    static JsonNode lenient(@Nullable String text) {
        try {
            return text == null ? MissingNode.getInstance() : MAPPER.readTree(text);
        } catch (JacksonException notJson) {
            return MissingNode.getInstance();
        }
    }

    /// An object of the columns whose names begin like this, one pair for each value that is there.
    static ObjectNode columns(SourceRow row, String prefix) {
        ObjectNode object = MAPPER.createObjectNode();
        row.header()
                .under(prefix)
                .forEach((name, plain) -> {
                    String value = row.first(List.of(plain));
                    if (value != null) {
                        object.put(name, value);
                    }
                });
        return object;
    }

    /// Nothing for an object without pairs.
    static @Nullable String orNull(ObjectNode object) {
        return object.isEmpty() ? null : object.toString();
    }

    /// The text of a scalar, the JSON of anything else; null for nothing.
    static @Nullable String text(@Nullable JsonNode node) {
        if (node == null || node.isNull() || node.isMissingNode()) {
            return null;
        }
        if (node.isBigDecimal()) {
            return number(node.decimalValue());
        }
        return node.isValueNode() ? node.asString() : node.toString();
    }

    /// Adds the pairs of a JSON object, or of an array of `{key, value}`, to a flat object. A key
    /// that is taken with another value comes in once more, behind the name of where it came from.
    static void addPairs(ObjectNode target, @Nullable String json, String origin) {
        if (json == null) {
            return;
        }
        JsonNode node = parse(json);
        if (node.isArray()) {
            node.forEach(
                    pair -> add(target, text(pair.get("key")), text(pair.get("value")), origin));
        } else if (node.isObject()) {
            node.properties().forEach(e -> add(target, e.getKey(), text(e.getValue()), origin));
        }
    }

    private static void add(
            ObjectNode target, @Nullable String key, @Nullable String value, String origin) {
        if (key == null) {
            return;
        }
        JsonNode taken = target.get(key);
        String name = taken == null || taken.asString("").equals(value) ? key : origin + "/" + key;
        target.put(name, value);
    }

    private static String number(BigDecimal number) {
        return Math.abs((long) number.scale()) > EXPONENT_MAX
                ? number.toString()
                : number.toPlainString();
    }
}
