package dev.convergence.testkit.models;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Who makes models, and the form of their questions, answers and errors.
public enum Vendor {
    ANTHROPIC("/anthropic", "/v1/messages") {
        @Override
        Optional<Wrong> wrongWith(SeenRequest request) {
            if (!FakeModels.KEY.equals(request.headers().get("x-api-key"))) {
                return Wrong.key();
            }
            return request.headers().containsKey("anthropic-version")
                            && request.body().path("max_tokens").asInt(0) > 0
                            && request.body().path("messages").path(0).has("content")
                    ? Optional.empty()
                    : Wrong.request();
        }

        @Override
        Object text(String text, Stop stop, String model) {
            String reason =
                    switch (stop) {
                        case END -> "end_turn";
                        case CUT -> "max_tokens";
                        case DECLINED -> "refusal";
                    };
            return Map.of(
                    "id",
                    "msg_1",
                    "type",
                    "message",
                    "role",
                    "assistant",
                    "model",
                    model,
                    "content",
                    List.of(Map.of("type", "text", "text", text)),
                    "stop_reason",
                    reason,
                    "usage",
                    Map.of("input_tokens", 11, "output_tokens", 7));
        }

        @Override
        Object error(int status, String message) {
            String type = status == 529 ? "overloaded_error" : "api_error";
            return Map.of("type", "error", "error", Map.of("type", type, "message", message));
        }
    },
    OPENAI("/openai/v1", "/chat/completions") {
        @Override
        Optional<Wrong> wrongWith(SeenRequest request) {
            if (!("Bearer " + FakeModels.KEY).equals(request.headers().get("authorization"))) {
                return Wrong.key();
            }
            return request.body().path("messages").path(0).has("role")
                            && request.body().path("model").isString()
                    ? Optional.empty()
                    : Wrong.request();
        }

        @Override
        Object text(String text, Stop stop, String model) {
            String reason =
                    switch (stop) {
                        case END -> "stop";
                        case CUT -> "length";
                        case DECLINED -> "content_filter";
                    };
            return Map.of(
                    "id",
                    "chatcmpl-1",
                    "object",
                    "chat.completion",
                    "model",
                    model,
                    "choices",
                    List.of(
                            Map.of(
                                    "index",
                                    0,
                                    "message",
                                    Map.of("role", "assistant", "content", text),
                                    "finish_reason",
                                    reason)),
                    "usage",
                    Map.of(
                            "prompt_tokens", 11,
                            "completion_tokens", 7,
                            "total_tokens", 18));
        }

        @Override
        Object error(int status, String message) {
            return Map.of("error", Map.of("message", message, "type", "server_error"));
        }
    },
    GEMINI("/gemini", "/v1beta/models/[A-Za-z0-9._-]+:generateContent") {
        @Override
        Optional<Wrong> wrongWith(SeenRequest request) {
            if (!FakeModels.KEY.equals(request.headers().get("x-goog-api-key"))) {
                return Wrong.key();
            }
            return request.body().at("/contents/0/parts/0/text").isString()
                    ? Optional.empty()
                    : Wrong.request();
        }

        @Override
        Object text(String text, Stop stop, String model) {
            String reason =
                    switch (stop) {
                        case END -> "STOP";
                        case CUT -> "MAX_TOKENS";
                        case DECLINED -> "SAFETY";
                    };
            return Map.of(
                    "candidates",
                            List.of(
                                    Map.of(
                                            "content",
                                            Map.of(
                                                    "role",
                                                    "model",
                                                    "parts",
                                                    List.of(Map.of("text", text))),
                                            "finishReason",
                                            reason)),
                    "usageMetadata",
                            Map.of(
                                    "promptTokenCount", 11,
                                    "candidatesTokenCount", 4,
                                    "thoughtsTokenCount", 3,
                                    "totalTokenCount", 18),
                    "modelVersion", model);
        }

        @Override
        Object error(int status, String message) {
            return Map.of(
                    "error", Map.of("code", status, "message", message, "status", "UNAVAILABLE"));
        }
    },
    OLLAMA("/ollama", "/api/chat") {
        @Override
        Optional<Wrong> wrongWith(SeenRequest request) {
            return request.body().path("messages").path(0).has("content")
                            && !request.body().path("stream").asBoolean(true)
                    ? Optional.empty()
                    : Wrong.request();
        }

        @Override
        Object text(String text, Stop stop, String model) {
            return Map.of(
                    "model",
                    model,
                    "created_at",
                    "2026-01-01T00:00:00Z",
                    "message",
                    Map.of("role", "assistant", "content", text),
                    "done",
                    true,
                    "done_reason",
                    stop == Stop.CUT ? "length" : "stop",
                    "prompt_eval_count",
                    11,
                    "eval_count",
                    7);
        }

        @Override
        Object error(int status, String message) {
            return Map.of("error", message);
        }
    };

    private final String base;
    private final String route;

    Vendor(String base, String route) {
        this.base = base;
        this.route = route;
    }

    /// Why an answer ended.
    enum Stop {
        END,
        CUT,
        DECLINED
    }

    /// What the vendor refuses without asking the model.
    record Wrong(int status, String message) {

        private static Optional<Wrong> key() {
            return Optional.of(new Wrong(401, "Wrong key: " + FakeModels.KEY.substring(0, 12)));
        }

        private static Optional<Wrong> request() {
            return Optional.of(new Wrong(400, "This is no request of ours."));
        }
    }

    String base() {
        return base;
    }

    boolean isAskedBy(String path) {
        return path.matches(base + route);
    }

    /// The model that a request is for.
    String model(SeenRequest request) {
        JsonNode model = request.body().path("model");
        return model.isString()
                ? model.asString()
                : request.path().replaceAll(".*/|:generateContent$", "");
    }

    abstract Optional<Wrong> wrongWith(SeenRequest request);

    abstract Object text(String text, Stop stop, String model);

    abstract Object error(int status, String message);
}
