package dev.convergence.steps.generation.model;

import dev.convergence.steps.generation.model.Reply.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// OpenAI's chat completions, which many other servers speak too; hence not its newer protocol.
final class OpenAiChat implements Protocol {

    private static final int TOKENS_MAX = 16_384;

    @Override
    public String route(String model) {
        return "/chat/completions";
    }

    @Override
    public Map<String, String> headers(ApiKey key) {
        return Map.of("Authorization", "Bearer " + key.reveal());
    }

    @Override
    public Map<String, Object> body(String model, Question question) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", model);
        body.put(
                "messages",
                List.of(
                        Map.of("role", "system", "content", question.instructions()),
                        Map.of("role", "user", "content", question.text())));
        body.put("max_completion_tokens", TOKENS_MAX);
        if (question.json()) {
            body.put("response_format", Map.of("type", "json_object"));
        }
        return body;
    }

    @Override
    public Reply read(JsonNode answer, String model) {
        TokenUsage usage =
                TokenUsage.of(answer.path("usage"), "prompt_tokens", "completion_tokens");
        JsonNode choice = answer.path("choices").path(0);
        String reason = choice.path("finish_reason").asString("");
        String refusal = choice.path("message").path("refusal").asString("");
        if (reason.equals("content_filter") || !refusal.isBlank()) {
            return Answers.refused("The model declined to write this.", usage);
        }
        return Answers.usable(
                new Text(
                        choice.path("message").path("content").asString(""),
                        reason.equals("length"),
                        answer.path("model").asString(model),
                        usage));
    }
}
