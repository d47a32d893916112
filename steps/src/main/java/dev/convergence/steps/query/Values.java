package dev.convergence.steps.query;

import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBStruct;
import org.duckdb.JsonNode;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Turns what the driver answers into what JSON can hold, without losing a digit.
final class Values {

    /// DuckDB's `infinity`, as the driver shows it.
    private static final LocalDate INFINITE_DATE = LocalDate.of(5881580, 7, 11);

    private static final int INFINITE_YEAR = 294247;

    private Values() {}

    static @Nullable Object json(@Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> null;
            case Double d when !Double.isFinite(d) -> d.toString();
            case Float f when !Float.isFinite(f) -> f.toString();
            case Number number -> number;
            case Boolean bool -> bool;
            case Timestamp time -> utc(time.toLocalDateTime());
            case LocalDateTime time -> utc(time);
            case OffsetDateTime time ->
                    utc(time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
            case LocalDate date when date.equals(INFINITE_DATE) -> "infinity";
            case Blob blob -> base64(blob.getBytes(1, Math.toIntExact(blob.length())));
            case byte[] bytes -> base64(bytes);
            case Array array -> list((Object[]) array.getArray());
            case Object[] array -> list(array);
            case List<?> list -> list(list.toArray());
            case DuckDBStruct struct -> map(struct.getMap());
            case Map<?, ?> map -> map(map);
            case JsonNode document -> document(document.toString());
            default -> value.toString();
        };
    }

    /// About what the value takes as JSON text.
    static long size(@Nullable Object value) {
        return switch (value) {
            case null -> 4;
            case String text -> text.getBytes(StandardCharsets.UTF_8).length + 2L;
            case List<?> list -> 2 + list.stream().mapToLong(item -> size(item) + 1).sum();
            case Map<?, ?> map ->
                    2
                            + map.entrySet().stream()
                                    .mapToLong(e -> size(e.getKey()) + size(e.getValue()) + 2)
                                    .sum();
            default -> value.toString().length();
        };
    }

    private static String utc(LocalDateTime time) {
        return time.getYear() == INFINITE_YEAR
                ? "infinity"
                : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time) + "Z";
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static List<@Nullable Object> list(@Nullable Object[] items) throws SQLException {
        List<@Nullable Object> list = new ArrayList<>(items.length);
        for (Object item : items) {
            list.add(json(item));
        }
        return list;
    }

    private static Map<String, @Nullable Object> map(Map<?, ?> entries) throws SQLException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            map.put(String.valueOf(json(entry.getKey())), json(entry.getValue()));
        }
        return map;
    }

    private static @Nullable Object document(String text) {
        try {
            return Wire.JSON.readValue(text, Object.class);
        } catch (JacksonException notJson) {
            return text;
        }
    }
}
