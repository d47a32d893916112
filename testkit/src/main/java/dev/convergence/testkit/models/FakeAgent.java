package dev.convergence.testkit.models;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// An agent that works in the background: ordered once, looked at until it is done.
public final class FakeAgent {

    static final String ROUTE = "/v1beta/interactions";

    private final AtomicInteger looks = new AtomicInteger();
    private volatile int looksNeeded = 1;
    private volatile String text = "";
    private volatile boolean calledOff;
    private volatile String ending = "completed";

    /// Ends as told, with a text, after so many looks.
    public void ends(String status, String withText, int afterLooks) {
        ending = status;
        text = withText;
        looksNeeded = afterLooks;
        looks.set(0);
    }

    public boolean isCalledOff() {
        return calledOff;
    }

    public int looks() {
        return looks.get();
    }

    Object answer(SeenRequest request) {
        if (request.path().endsWith("/cancel")) {
            calledOff = true;
            return state("cancelled");
        }
        if (request.method().equals("POST")) {
            boolean asked =
                    request.body().path("agent").isString()
                            && request.body().path("input").isString()
                            && request.body().path("background").asBoolean(false);
            return state(asked ? "in_progress" : "failed");
        }
        return state(looks.incrementAndGet() < looksNeeded ? "in_progress" : ending);
    }

    private Map<String, Object> state(String status) {
        return Map.of(
                "id",
                "v1_interaction",
                "status",
                status,
                "steps",
                List.of(
                        Map.of("type", "user_input", "content", List.of()),
                        Map.of(
                                "type",
                                "model_output",
                                "content",
                                List.of(Map.of("type", "text", "text", text)))),
                "usage",
                Map.of("total_input_tokens", 11, "total_output_tokens", 7));
    }
}
