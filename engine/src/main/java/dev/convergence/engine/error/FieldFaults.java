package dev.convergence.engine.error;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Collects the faults of all fields of a request, so that the user hears of them at once.
public final class FieldFaults {

    private final List<FieldError> faults = new ArrayList<>();

    public void add(String field, String code, String detail) {
        faults.add(new FieldError(field, code, detail));
    }

    /// Text on one line that must be there.
    public String text(String field, @Nullable String value, int min, int max) {
        if (value == null || value.isBlank()) {
            add(field, "REQUIRED", "is required.");
            return "";
        }
        return optionalText(field, value, min, max) instanceof String text ? text : "";
    }

    /// Text on one line that may be missing; blank is missing.
    public @Nullable String optionalText(String field, @Nullable String value, int min, int max) {
        if (value == null || value.isBlank()) {
            return null;
        }
        String text = value.strip();
        if (text.length() < min || text.length() > max) {
            add(field, "LENGTH", "has " + min + " to " + max + " characters.");
        } else if (!isPlain(text)) {
            add(field, "INVALID_CHARACTERS", "must not hold control characters.");
        }
        return text;
    }

    public void range(String field, @Nullable Integer value, int min, int max) {
        if (value != null && (value < min || value > max)) {
            add(field, "OUT_OF_RANGE", "is a whole number from " + min + " to " + max + ".");
        }
    }

    /// A word of an enum in any case; null when the word is missing or unknown.
    public <E extends Enum<E>> @Nullable E word(
            String field, @Nullable String value, Class<E> words) {
        if (value == null || value.isBlank()) {
            return null;
        }
        String wanted = value.strip().toUpperCase(Locale.ROOT);
        for (E word : words.getEnumConstants()) {
            if (word.name().equals(wanted)) {
                return word;
            }
        }
        add(field, "UNKNOWN_VALUE", "is one of " + Arrays.toString(words.getEnumConstants()) + ".");
        return null;
    }

    public void refuseIfAny() {
        if (!faults.isEmpty()) {
            throw new EngineException(ErrorCode.INVALID_FIELD, summary(), faults, Map.of());
        }
    }

    private String summary() {
        FieldError first = faults.getFirst();
        String rest = faults.size() == 1 ? "" : " (and " + (faults.size() - 1) + " more faults)";
        return first.field() + " " + first.detail() + rest;
    }

    /// Whether the database can hold the text: no control characters, no half of a surrogate pair.
    public static boolean isPlain(String text) {
        return text.chars().noneMatch(Character::isISOControl)
                && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
