package dev.convergence.steps.generation;

import dev.convergence.steps.generation.model.ModelName;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// What a research job is asked for.
record ResearchParams(String topic, List<String> tags, ModelName model, Duration patience) {

    private static final int TOPIC_MIN = 10;
    private static final int TOPIC_MAX = 200;
    private static final int TAGS_MAX = 20;

    private static final Set<String> KNOWN =
            Set.of("topic", "tags", "model", "timeout_seconds", "timeout");

    static ResearchParams of(Params params) throws InvalidParam {
        ModelName model = model(params);
        return new ResearchParams(
                topic(params), params.texts("tags", TAGS_MAX), model, Patience.of(params, model));
    }

    static Set<String> unknown(Params params) {
        return params.besides(KNOWN);
    }

    private static String topic(Params params) throws InvalidParam {
        String topic = params.text("topic").orElse("");
        int length = topic.codePointCount(0, topic.length());
        if (length < TOPIC_MIN || length > TOPIC_MAX) {
            throw new InvalidParam(
                    "topic", "must have " + TOPIC_MIN + " to " + TOPIC_MAX + " characters.");
        }
        return topic;
    }

    static ModelName model(Params params) throws InvalidParam {
        return ModelName.ofResearch(params.text("model").orElse(null))
                .orElseThrow(() -> new InvalidParam("model", "is no model's name."));
    }
}
