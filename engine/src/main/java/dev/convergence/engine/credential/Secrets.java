package dev.convergence.engine.credential;

import dev.convergence.engine.error.FieldFaults;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The secret fields of a credential, such as `private_key`; never printed.
final class Secrets {

    private static final int BYTES_MAX = 64 * 1024;
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private static final TypeReference<LinkedHashMap<String, @Nullable Object>> FIELDS =
            new TypeReference<>() {};

    private final Map<String, @Nullable Object> fields;

    private Secrets(Map<String, @Nullable Object> fields) {
        this.fields = fields;
    }

    static Secrets of(Map<String, ? extends @Nullable Object> fields) {
        return new Secrets(Collections.unmodifiableMap(new LinkedHashMap<>(fields)));
    }

    /// Takes an object, or a text that holds one, as key files are often sent.
    static Secrets checked(@Nullable Object given, FieldFaults faults) {
        Secrets secrets = of(object(given));
        if (secrets.fields.isEmpty()) {
            faults.add("credentials", "REQUIRED", "is a JSON object with at least one field.");
        } else if (secrets.toBytes().length > BYTES_MAX) {
            faults.add("credentials", "LENGTH", "has at most " + BYTES_MAX + " bytes.");
        }
        return secrets;
    }

    private static Map<String, @Nullable Object> object(@Nullable Object given) {
        if (given instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            map.forEach((key, value) -> fields.put(String.valueOf(key), value));
            return fields;
        }
        return given instanceof String text ? parsed(text) : Map.of();
    }

    private static Map<String, @Nullable Object> parsed(String text) {
        try {
            return fromBytes(text.getBytes(StandardCharsets.UTF_8)).fields;
        } catch (JacksonException e) {
            return Map.of(); // its message would quote the secret
        }
    }

    static Secrets fromBytes(byte[] json) {
        Map<String, @Nullable Object> fields = JSON.readValue(json, FIELDS);
        return of(fields == null ? Map.of() : fields);
    }

    byte[] toBytes() {
        return JSON.writeValueAsBytes(fields);
    }

    Map<String, @Nullable Object> fields() {
        return fields;
    }

    boolean has(String field) {
        return fields.get(field) instanceof String text && !text.isBlank();
    }

    @Override
    public String toString() {
        return "***";
    }
}
