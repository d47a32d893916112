package dev.convergence.steps.source;

import dev.convergence.engine.error.EngineException;
import java.util.Locale;
import java.util.Map;

/// How long the buckets are that usage is asked in, and how many of them a page may have: both
/// vendors have the same limits.
enum AiBuckets {
    DAY("1d", 31),
    HOUR("1h", 168);

    private static final String PARAMETER = "granularity";

    private final String width;
    private final int pageMax;

    AiBuckets(String width, int pageMax) {
        this.width = width;
        this.pageMax = pageMax;
    }

    /// As the run's parameter says; days when it says nothing.
    static AiBuckets of(Map<String, Object> parameters) {
        String asked = String.valueOf(parameters.getOrDefault(PARAMETER, "day"));
        return switch (asked.toLowerCase(Locale.ROOT)) {
            case "day" -> DAY;
            case "hour" -> HOUR;
            default ->
                    throw EngineException.invalidField(
                            PARAMETER, "INVALID_VALUE", "is one of day, hour.");
        };
    }

    String query() {
        return "&bucket_width=" + width + "&limit=" + pageMax;
    }
}
