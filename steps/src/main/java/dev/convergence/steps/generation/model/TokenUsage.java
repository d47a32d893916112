package dev.convergence.steps.generation.model;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What was read and written, in the vendor's own unit.
public record TokenUsage(long input, long output) {

    public static final TokenUsage NONE = new TokenUsage(0, 0);

    /// @param usage the part of an answer that counts, under the vendor's names
    static TokenUsage of(JsonNode usage, String input, String output) {
        return new TokenUsage(usage.path(input).asLong(0), usage.path(output).asLong(0));
    }

    public TokenUsage plus(TokenUsage other) {
        return new TokenUsage(input + other.input, output + other.output);
    }

    public Map<String, Object> facts() {
        return Map.of("input", input, "output", output, "total", input + output);
    }
}
