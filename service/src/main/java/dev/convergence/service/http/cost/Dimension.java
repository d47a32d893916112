package dev.convergence.service.http.cost;

import dev.convergence.engine.error.EngineException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What costs can be told apart by.
enum Dimension {
    PROVIDER("x_provider"),
    SERVICE("ServiceName"),
    SUB_ACCOUNT("SubAccountId"),
    REGION("RegionId"),
    TAG("");

    private static final int KEY_MAX = 256;

    private final String column;

    Dimension(String column) {
        this.column = column;
    }

    static Dimension named(String name) {
        List<String> words = Arrays.stream(values()).map(Dimension::word).toList();
        int place = words.indexOf(name.toLowerCase(Locale.ROOT));
        if (place < 0) {
            throw EngineException.invalidField(
                    "dimension", "INVALID_VALUE", "is one of " + String.join(", ", words) + ".");
        }
        return values()[place];
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The value of a row, in SQL.
    String expression(@Nullable String tagKey) {
        if (this != TAG) {
            if (tagKey != null) {
                throw EngineException.invalidField(
                        "tag_key", "INVALID_VALUE", "belongs to the dimension tag only.");
            }
            return column;
        }
        if (tagKey == null || tagKey.isEmpty() || tagKey.length() > KEY_MAX) {
            throw EngineException.invalidField(
                    "tag_key",
                    tagKey == null ? "REQUIRED" : "OUT_OF_RANGE",
                    "names the tag: 1 to " + KEY_MAX + " characters.");
        }
        String pointer = "/" + tagKey.replace("~", "~0").replace("/", "~1");
        return "json_extract_string(Tags, " + Question.literal(pointer) + ")";
    }
}
