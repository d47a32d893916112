package dev.convergence.engine.sql;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/// JSON as it is stored in `jsonb` columns; numbers with a fraction stay decimal.
public final class Json {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    // Readers know what they make: the mapper would find it out for each job of each claim.
    private static final ObjectReader OBJECT =
            MAPPER.readerFor(new TypeReference<Map<String, Object>>() {});
    private static final ObjectReader LIST = MAPPER.readerFor(new TypeReference<List<Object>>() {});

    private Json() {}

    public static String write(@Nullable Object value) {
        return MAPPER.writeValueAsString(value);
    }

    public static Map<String, Object> object(@Nullable String text) {
        return text == null ? Map.of() : OBJECT.readValue(text);
    }

    public static List<Object> list(@Nullable String text) {
        return text == null ? List.of() : LIST.readValue(text);
    }
}
