package dev.convergence.steps.generation.model;

import dev.convergence.engine.step.Cancellation;
import dev.convergence.steps.generation.model.Exchange.Exchanged;
import dev.convergence.steps.generation.model.Reply.Failure;
import dev.convergence.steps.generation.model.Reply.Text;
import dev.convergence.steps.http.ApiCall;
import dev.convergence.steps.http.Deadline;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Gemini's research agent: work is ordered, looked at now and then, and called off when nobody
/// waits for it any more, because it costs until then.
record DeepResearch(Endpoint endpoint, Exchange exchange, Duration pollPause) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ROUTE = "/v1beta/interactions";
    private static final Duration CALL_OFF_PATIENCE = Duration.ofSeconds(5);
    private static final Cancellation NEVER =
            new Cancellation() {
                @Override
                public boolean isRequested() {
                    return false;
                }

                @Override
                public Registration onRequest(Runnable interrupt) {
                    return () -> {};
                }
            };

    Reply ask(String agent, Map<String, String> headers, Question question, Asking asking) {
        Map<String, Object> order =
                Map.of(
                        "agent",
                        agent,
                        "input",
                        question.instructions() + "\n\n" + question.text(),
                        "background",
                        true);
        return switch (exchange.send(
                ApiCall.post(endpoint.at(ROUTE), headers, JSON.writeValueAsBytes(order)), asking)) {
            case Exchanged.Failed failed -> failed.failure();
            case Exchanged.Json json -> await(json.answer(), agent, headers, asking);
        };
    }

    private Reply await(
            JsonNode ordered, String agent, Map<String, String> headers, Asking asking) {
        String id = ordered.path("id").asString("");
        JsonNode state = ordered;
        try {
            while (isUnderWay(state)) {
                if (asking.deadline().left().compareTo(pollPause) <= 0) {
                    return exchange.tooSlow();
                }
                asking.pause(pollPause);
                switch (exchange.send(ApiCall.get(endpoint.at(at(id)), headers), asking)) {
                    case Exchanged.Failed failed -> {
                        return failed.failure();
                    }
                    case Exchanged.Json json -> state = json.answer();
                }
            }
            return read(state, agent);
        } finally {
            if (isUnderWay(state)) {
                callOff(id, headers, asking);
            }
        }
    }

    private static boolean isUnderWay(JsonNode state) {
        return state.path("status").asString("").equals("in_progress");
    }

    private static Reply read(JsonNode state, String agent) {
        TokenUsage usage =
                TokenUsage.of(state.path("usage"), "total_input_tokens", "total_output_tokens");
        String status = state.path("status").asString("");
        if (!status.equals("completed")) {
            return new Failure(
                    Fault.EXTERNAL_API_ERROR,
                    "The research agent ended with the status "
                            + (status.matches("[a-z_]{1,40}") ? status : "unknown")
                            + ".",
                    usage);
        }
        return Answers.usable(
                new Text(text(state), false, state.path("agent").asString(agent), usage));
    }

    private static String text(JsonNode state) {
        return state.path("steps")
                .valueStream()
                .filter(step -> step.path("type").asString("").equals("model_output"))
                .flatMap(step -> step.path("content").valueStream())
                .filter(part -> part.path("type").asString("").equals("text"))
                .map(part -> part.path("text").asString(""))
                .collect(Collectors.joining());
    }

    private void callOff(String id, Map<String, String> headers, Asking asking) {
        exchange.send(
                ApiCall.post(endpoint.at(at(id) + "/cancel"), headers, new byte[] {'{', '}'}),
                new Asking(Deadline.in(CALL_OFF_PATIENCE), NEVER, asking.log()));
    }

    private static String at(String id) {
        return ROUTE + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }
}
