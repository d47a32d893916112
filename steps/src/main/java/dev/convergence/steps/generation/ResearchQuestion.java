package dev.convergence.steps.generation;

import dev.convergence.steps.generation.model.Question;
import java.util.Map;

/// How a model is asked for a card.
final class ResearchQuestion {

    static final Prompt INSTRUCTIONS = Prompt.load("research-instructions.v1");
    static final Prompt PROMPT = Prompt.load("research.v1");

    private ResearchQuestion() {}

    static Question of(ResearchParams asked) {
        String tags = asked.tags().isEmpty() ? "(none)" : String.join(", ", asked.tags());
        return new Question(
                INSTRUCTIONS.text(),
                PROMPT.fill(Map.of("topic", asked.topic(), "tags", tags)),
                true);
    }
}
