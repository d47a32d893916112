package dev.convergence.steps.generation.model;

import dev.convergence.steps.generation.model.Reply.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Ollama's chat. Its answer comes in one piece; when we hang up, it stops writing.
final class OllamaChat implements Protocol {

    private static final int TOKENS_MAX = 8_192;
    private static final String KEPT_LOADED = "5m";
    private static final String THOUGHT_BEGIN = "<think>";
    private static final String THOUGHT_END = "</think>";

    @Override
    public String route(String model) {
        return "/api/chat";
    }

    @Override
    public Map<String, String> headers(ApiKey key) {
        return Map.of();
    }

    @Override
    public Map<String, Object> body(String model, Question question) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", model);
        body.put("stream", false);
        body.put("keep_alive", KEPT_LOADED);
        body.put("options", Map.of("num_predict", TOKENS_MAX));
        body.put(
                "messages",
                List.of(
                        Map.of("role", "system", "content", question.instructions()),
                        Map.of("role", "user", "content", question.text())));
        if (question.json()) {
            body.put("format", "json");
        }
        return body;
    }

    @Override
    public Reply read(JsonNode answer, String model) {
        return Answers.usable(
                new Text(
                        withoutThoughts(answer.path("message").path("content").asString("")),
                        answer.path("done_reason").asString("").equals("length"),
                        answer.path("model").asString(model),
                        TokenUsage.of(answer, "prompt_eval_count", "eval_count")));
    }

    /// Older servers leave what a model thought in front of what it says.
    private static String withoutThoughts(String text) {
        String answer = text.strip();
        if (!answer.startsWith(THOUGHT_BEGIN)) {
            return answer;
        }
        int end = answer.indexOf(THOUGHT_END);
        return end < 0 ? "" : answer.substring(end + THOUGHT_END.length());
    }
}
