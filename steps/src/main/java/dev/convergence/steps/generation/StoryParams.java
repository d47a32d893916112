package dev.convergence.steps.generation;

import dev.convergence.steps.generation.model.ModelName;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// What a story job is asked for.
///
/// @param storiesMax so many stories, unless the time is over before
/// @param duration how long stories are begun
/// @param interval the pause between two of them
/// @param dedup whether a story that resembles an earlier one too much is written anew
/// @param autoResearch whether a topic without a card is researched first
/// @param targetLength in characters
record StoryParams(
        ModelName model,
        Duration patience,
        Optional<String> topic,
        int storiesMax,
        Optional<Duration> duration,
        Duration interval,
        boolean dedup,
        boolean autoResearch,
        ModelName researchModel,
        Optional<Integer> targetLength) {

    private static final int STORIES_MAX = 100;
    private static final int DAY_SECONDS = 86_400;
    private static final int LENGTH_MIN = 300;
    private static final int LENGTH_MAX = 10_000;
    private static final int TOPIC_MAX = 200;
    private static final String MODEL_EXPECTED = "is no model's name.";

    private static final Set<String> KNOWN =
            Set.of(
                    "model",
                    "topic",
                    "max_stories",
                    "duration_seconds",
                    "interval_seconds",
                    "enable_dedup",
                    "auto_research",
                    "research_model",
                    "target_length",
                    "timeout_seconds",
                    "timeout");

    static StoryParams of(Params params) throws InvalidParam {
        ModelName model = model(params);
        return new StoryParams(
                model,
                Patience.of(params, model),
                topic(params),
                params.number("max_stories", 1, STORIES_MAX).orElse(1),
                params.number("duration_seconds", 1, DAY_SECONDS).map(Duration::ofSeconds),
                Duration.ofSeconds(params.number("interval_seconds", 0, DAY_SECONDS).orElse(0)),
                params.flag("enable_dedup"),
                params.flag("auto_research"),
                researchModel(params),
                params.number("target_length", LENGTH_MIN, LENGTH_MAX));
    }

    static Set<String> unknown(Params params) {
        return params.besides(KNOWN);
    }

    private static ModelName model(Params params) throws InvalidParam {
        return ModelName.ofStory(params.text("model").orElse(null))
                .orElseThrow(() -> new InvalidParam("model", MODEL_EXPECTED));
    }

    private static ModelName researchModel(Params params) throws InvalidParam {
        return ModelName.ofResearch(params.text("research_model").orElse(null))
                .orElseThrow(() -> new InvalidParam("research_model", MODEL_EXPECTED));
    }

    private static Optional<String> topic(Params params) throws InvalidParam {
        Optional<String> topic = params.text("topic").filter(text -> !text.isEmpty());
        if (topic.isPresent() && topic.get().codePointCount(0, topic.get().length()) > TOPIC_MAX) {
            throw new InvalidParam("topic", "has at most " + TOPIC_MAX + " characters.");
        }
        return topic;
    }

    /// Whether any of its work may be the local Ollama's.
    boolean isLocal() {
        return model.backEnd().isLocal()
                || autoResearch && topic.isPresent() && researchModel.backEnd().isLocal();
    }
}
