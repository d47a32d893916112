package dev.convergence.steps.generation.model;

import dev.convergence.steps.generation.model.Reply.Text;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Gemini's `generateContent`.
final class GeminiContent implements Protocol {

    private static final int TOKENS_MAX = 16_384;
    private static final Set<String> FINISHED = Set.of("", "STOP", "MAX_TOKENS");

    @Override
    public String route(String model) {
        return "/v1beta/models/"
                + URLEncoder.encode(model, StandardCharsets.UTF_8)
                + ":generateContent";
    }

    @Override
    public Map<String, String> headers(ApiKey key) {
        return Map.of("x-goog-api-key", key.reveal());
    }

    @Override
    public Map<String, Object> body(String model, Question question) {
        Map<String, Object> configuration = new LinkedHashMap<>();
        configuration.put("maxOutputTokens", TOKENS_MAX);
        if (question.json()) {
            configuration.put("responseMimeType", "application/json");
        }
        return Map.of(
                "systemInstruction",
                Map.of("parts", List.of(Map.of("text", question.instructions()))),
                "contents",
                List.of(Map.of("role", "user", "parts", List.of(Map.of("text", question.text())))),
                "generationConfig",
                configuration);
    }

    @Override
    public Reply read(JsonNode answer, String model) {
        TokenUsage usage = usage(answer.path("usageMetadata"));
        JsonNode candidate = answer.path("candidates").path(0);
        String reason = candidate.path("finishReason").asString("");
        String blocked = answer.path("promptFeedback").path("blockReason").asString("");
        if (!blocked.isEmpty() || !FINISHED.contains(reason)) {
            return Answers.refused("The model declined to write this.", usage);
        }
        return Answers.usable(
                new Text(
                        text(candidate.path("content").path("parts")),
                        reason.equals("MAX_TOKENS"),
                        answer.path("modelVersion").asString(model),
                        usage));
    }

    private static String text(JsonNode parts) {
        return parts.valueStream()
                .filter(part -> !part.path("thought").asBoolean(false))
                .map(part -> part.path("text").asString(""))
                .collect(Collectors.joining());
    }

    /// Thoughts are billed as output, and counted beside it.
    private static TokenUsage usage(JsonNode usage) {
        return TokenUsage.of(usage, "promptTokenCount", "candidatesTokenCount")
                .plus(TokenUsage.of(usage, "", "thoughtsTokenCount"));
    }
}
