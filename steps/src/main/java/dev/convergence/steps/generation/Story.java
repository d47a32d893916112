package dev.convergence.steps.generation;

import dev.convergence.steps.generation.model.ModelName;
import dev.convergence.steps.generation.model.Reply;
import dev.convergence.steps.generation.model.TokenUsage;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A story with all that is known of how it came about.
///
/// @param usage of all attempts at it
/// @param regenerations how often it was written anew
/// @param cards what of earlier research it was given
record Story(
        StoryText text,
        StoryFrame frame,
        Reply.Text answer,
        TokenUsage usage,
        int regenerations,
        Likeness likeness,
        List<String> cards) {

    private static final String GENRE = "horror";

    /// The file that people read.
    String markdown(ModelName model, Instant now) {
        return """
        ---
        title: %s
        date: %s
        description: %s
        tags: [%s]
        genre: %s
        wordCount: %d
        model: %s
        provider: %s
        template: %s
        draft: false
        ---

        # %s

        %s
        """
                .formatted(
                        Json.quoted(text.title()),
                        LocalDate.ofInstant(now, ZoneOffset.UTC),
                        Json.quoted(text.description()),
                        text.tags().stream().map(Json::quoted).collect(Collectors.joining(", ")),
                        GENRE,
                        text.characters(),
                        Json.quoted(answer.model()),
                        model.backEnd().provider(),
                        frame.name(),
                        text.title(),
                        text.body());
    }

    /// What programs read of it.
    Map<String, Object> facts(String file, Optional<Integer> targetLength) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("file", file);
        facts.put("title", text.title());
        facts.put("description", text.description());
        facts.put("tags", text.tags());
        facts.put("genre", GENRE);
        facts.put("word_count", text.characters());
        facts.put("template", frame.name());
        facts.put("canonical_core", frame.core());
        facts.put("truncated", answer.cutShort());
        facts.put("token_usage", usage.facts());
        facts.put("length", length(targetLength));
        facts.put("research_used", cards);
        facts.put("regenerations", regenerations);
        facts.put("dedup", likeness.facts("nearest_story"));
        return facts;
    }

    private Map<String, Object> length(Optional<Integer> target) {
        Map<String, Object> length = new LinkedHashMap<>();
        length.put("actual", text.characters());
        target.ifPresent(wanted -> {
            length.put("target", wanted);
            length.put("delta", text.characters() - wanted);
        });
        return length;
    }
}
