package dev.convergence.steps.generation;

import dev.convergence.steps.generation.model.Question;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// How a model is asked for a story.
final class StoryQuestion {

    static final Prompt INSTRUCTIONS = Prompt.load("story-instructions.v1");
    static final Prompt PROMPT = Prompt.load("story.v1");

    private static final String NOTHING = "(nothing)";

    private StoryQuestion() {}

    /// @param avoid openings of earlier stories; empty when the first try is under way
    static Question of(
            StoryFrame frame,
            Optional<String> topic,
            Optional<Integer> targetLength,
            List<Card> cards,
            String avoid) {
        Map<String, String> values = new HashMap<>(frame.core());
        values.put("premise", frame.premise());
        values.put("topic", topic.orElse("your choice"));
        values.put("length", length(targetLength));
        values.put("research", research(cards));
        values.put("avoid", avoid.isEmpty() ? NOTHING : avoid);
        return new Question(INSTRUCTIONS.text(), PROMPT.fill(values), false);
    }

    private static String length(Optional<Integer> target) {
        return target.map(characters ->
                        "about " + characters + " characters, ten per cent more or less")
                .orElse("as long as it needs to be, at most 8000 characters");
    }

    private static String research(List<Card> cards) {
        return cards.isEmpty()
                ? NOTHING
                : cards.stream()
                        .map(card ->
                                "- "
                                        + card.title()
                                        + ": "
                                        + card.summary()
                                        + " "
                                        + String.join("; ", card.applications()))
                        .collect(Collectors.joining("\n"));
    }
}
