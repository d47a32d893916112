package dev.convergence.steps.source;

import org.jspecify.annotations.Nullable;

/// Anthropic's lines: amounts are decimal texts, in cents.
final class ClaudeLine {

    private static final int CENTS = 2;

    private ClaudeLine() {}

    static @Nullable String cost(SourceRow row) {
        String cents = row.text("amount");
        return cents == null ? null : Money.exact(cents).movePointLeft(CENTS).toPlainString();
    }

    static @Nullable String tokens(SourceRow row) {
        String type = row.text("token_type");
        return type == null
                ? null
                : switch (type) {
                    case "uncached_input_tokens" -> "input";
                    case "cache_read_input_tokens" -> "cached_input";
                    case "output_tokens" -> "output";
                    case "cache_creation.ephemeral_1h_input_tokens" -> "cache_write_1h";
                    case "cache_creation.ephemeral_5m_input_tokens" -> "cache_write_5m";
                    default -> null;
                };
    }
}
