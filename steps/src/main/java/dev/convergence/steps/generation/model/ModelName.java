package dev.convergence.steps.generation.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A model and the back end that has it.
///
/// @param name as the back end knows it
public record ModelName(BackEnd backEnd, String name) {

    private static final String ALLOWED = "[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,199}";

    private static final ModelName STORY_DEFAULT =
            new ModelName(BackEnd.ANTHROPIC, "claude-sonnet-5");
    private static final ModelName RESEARCH_DEFAULT = new ModelName(BackEnd.OLLAMA, "qwen3:30b");
    private static final String GEMINI_DEFAULT = "gemini-flash-latest";
    private static final String AGENT_DEFAULT = "deep-research-pro-preview-12-2025";

    /// The model of a story: Claude's, unless the name says otherwise.
    ///
    /// @return nothing when the text can be no model's name
    public static Optional<ModelName> ofStory(@Nullable String text) {
        return text == null ? Optional.of(STORY_DEFAULT) : of(text, BackEnd.ANTHROPIC);
    }

    /// The model of a research card: the local Ollama's, unless the name says otherwise.
    ///
    /// @return nothing when the text can be no model's name
    public static Optional<ModelName> ofResearch(@Nullable String text) {
        if (text == null) {
            return Optional.of(RESEARCH_DEFAULT);
        }
        String name = text.strip();
        if (name.equals("gemini")) {
            return Optional.of(new ModelName(BackEnd.GEMINI, GEMINI_DEFAULT));
        }
        return of(name, name.startsWith("gemini-") ? BackEnd.GEMINI : BackEnd.OLLAMA);
    }

    private static Optional<ModelName> of(String text, BackEnd otherwise) {
        String name = text.strip();
        if (name.equals("deep-research")) {
            return Optional.of(new ModelName(BackEnd.DEEP_RESEARCH, AGENT_DEFAULT));
        }
        return Optional.of(
                        prefixed(name, "ollama:", BackEnd.OLLAMA)
                                .or(() -> prefixed(name, "openai:", BackEnd.OPENAI))
                                .or(() -> prefixed(name, "gemini:", BackEnd.GEMINI))
                                .or(() -> prefixed(name, "deep-research:", BackEnd.DEEP_RESEARCH))
                                .orElse(new ModelName(otherwise, name)))
                .filter(model -> model.name().matches(ALLOWED));
    }

    private static Optional<ModelName> prefixed(String text, String prefix, BackEnd backEnd) {
        return text.startsWith(prefix)
                ? Optional.of(new ModelName(backEnd, text.substring(prefix.length())))
                : Optional.empty();
    }
}
