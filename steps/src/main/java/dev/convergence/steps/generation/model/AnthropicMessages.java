package dev.convergence.steps.generation.model;

import dev.convergence.steps.generation.model.Reply.Text;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Anthropic's Messages API.
///
/// No temperature is sent: its newer models refuse one.
final class AnthropicMessages implements Protocol {

    private static final String VERSION = "2023-06-01";
    private static final int TOKENS_MAX = 8_192;

    @Override
    public String route(String model) {
        return "/v1/messages";
    }

    @Override
    public Map<String, String> headers(ApiKey key) {
        return Map.of("x-api-key", key.reveal(), "anthropic-version", VERSION);
    }

    @Override
    public Map<String, Object> body(String model, Question question) {
        return Map.of(
                "model",
                model,
                "max_tokens",
                TOKENS_MAX,
                "system",
                question.instructions(),
                "messages",
                List.of(Map.of("role", "user", "content", question.text())));
    }

    @Override
    public Reply read(JsonNode answer, String model) {
        TokenUsage usage = usage(answer.path("usage"));
        String reason = answer.path("stop_reason").asString("");
        if (reason.equals("refusal")) {
            return Answers.refused("The model declined to write this.", usage);
        }
        String text =
                answer.path("content")
                        .valueStream()
                        .filter(block -> block.path("type").asString("text").equals("text"))
                        .map(block -> block.path("text").asString(""))
                        .collect(Collectors.joining());
        return Answers.usable(
                new Text(
                        text,
                        reason.equals("max_tokens"),
                        answer.path("model").asString(model),
                        usage));
    }

    /// What was read from a cache is not in `input_tokens`.
    private static TokenUsage usage(JsonNode usage) {
        return TokenUsage.of(usage, "input_tokens", "output_tokens")
                .plus(TokenUsage.of(usage, "cache_creation_input_tokens", ""))
                .plus(TokenUsage.of(usage, "cache_read_input_tokens", ""));
    }
}
