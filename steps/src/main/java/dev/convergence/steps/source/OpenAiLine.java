package dev.convergence.steps.source;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// OpenAI's lines: the amount is a number or a text; which tokens it is for stands behind the comma
/// of the line item.
final class OpenAiLine {

    private OpenAiLine() {}

    static @Nullable String cost(SourceRow row) {
        return row.text("amount.value");
    }

    static @Nullable String tokens(SourceRow row) {
        String item = row.text("line_item");
        if (item == null) {
            return null;
        }
        String behind = item.substring(item.lastIndexOf(',') + 1).strip();
        return switch (behind.toLowerCase(Locale.ROOT)) {
            case "input" -> "input";
            case "cached input" -> "cached_input";
            case "output" -> "output";
            default -> null;
        };
    }
}
