package dev.convergence.engine.sql;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// JSON as it is stored in `jsonb` columns; numbers with a fraction stay decimal.
public final class Json {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final TypeReference<List<Object>> LIST = new TypeReference<>() {};

    private Json() {}

    public static String write(@Nullable Object value) {
        return MAPPER.writeValueAsString(value);
    }

    public static Map<String, Object> object(@Nullable String text) {
        return text == null ? Map.of() : MAPPER.readValue(text, OBJECT);
    }

    public static List<Object> list(@Nullable String text) {
        return text == null ? List.of() : MAPPER.readValue(text, LIST);
    }
}
