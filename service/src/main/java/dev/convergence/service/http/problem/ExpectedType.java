package dev.convergence.service.http.problem;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Says in the caller's words what a field must be.
final class ExpectedType {

    private static final Map<Class<?>, String> WORDS =
            Map.ofEntries(
                    Map.entry(String.class, "a text"),
                    Map.entry(Boolean.class, "true or false"),
                    Map.entry(boolean.class, "true or false"),
                    Map.entry(Integer.class, "a whole number"),
                    Map.entry(int.class, "a whole number"),
                    Map.entry(Long.class, "a whole number"),
                    Map.entry(long.class, "a whole number"),
                    Map.entry(BigDecimal.class, "a number"),
                    Map.entry(UUID.class, "a UUID"),
                    Map.entry(Instant.class, "a time like 2026-01-31T00:00:00Z"),
                    Map.entry(LocalDate.class, "a date like 2026-01-31"));

    private ExpectedType() {}

    static String sentence(@Nullable Class<?> type) {
        return "must be " + words(type) + ".";
    }

    private static String words(@Nullable Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return WORDS.getOrDefault(type, "an object");
    }
}
