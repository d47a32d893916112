package dev.convergence.steps.generation;

import dev.convergence.steps.generation.model.ModelName;
import dev.convergence.steps.generation.model.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// A card with all that is known of how it came about.
///
/// @param id told apart from those of the same second by the end of its run's id
record CardFile(
        String id,
        Instant writtenAt,
        ResearchParams asked,
        Card card,
        Reply.Text answer,
        Duration took,
        Likeness likeness) {

    private static final String VERSION = "1.0";
    private static final int SUFFIX = 8;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    static String id(Instant now, Object run) {
        String text = run.toString().replace("-", "");
        return "RC-" + STAMP.format(now) + "-" + text.substring(text.length() - SUFFIX);
    }

    Grade grade() {
        return Grade.of(card);
    }

    /// What programs read.
    Map<String, Object> json() {
        Map<String, Object> output = new LinkedHashMap<>(card.facts());
        output.put("raw_response", answer.text());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("card_id", id);
        json.put("version", VERSION);
        json.put("metadata", metadata());
        json.put("input", Map.of("topic", asked.topic(), "tags", asked.tags()));
        json.put("output", output);
        json.put("validation", Map.of("quality", grade().word(), "checks", card.checks()));
        json.put("canonical_core", card.core());
        json.put("dedup", likeness.facts("nearest_card_id"));
        return json;
    }

    private Map<String, Object> metadata() {
        ModelName model = asked.model();
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("created_at", writtenAt.toString());
        metadata.put("model", answer.model());
        metadata.put("provider", model.backEnd().provider());
        metadata.put("prompt", ResearchQuestion.PROMPT.version());
        metadata.put("generation_time_ms", took.toMillis());
        metadata.put("token_usage", answer.usage().facts());
        metadata.put("truncated", answer.cutShort());
        metadata.put("status", "complete");
        return metadata;
    }

    /// What people read.
    String markdown() {
        return """
        # %s

        %s · %s · %s · %s

        %s

        ## Key concepts

        %s

        ## Applications

        %s

        ## Affinity

        %s
        """
                .formatted(
                        card.title().isEmpty() ? asked.topic() : card.title(),
                        id,
                        asked.topic(),
                        asked.model().name(),
                        grade().word(),
                        card.summary(),
                        bullets(card.concepts()),
                        bullets(card.applications()),
                        bullets(
                                card.affinity().entrySet().stream()
                                        .map(dimension ->
                                                dimension.getKey()
                                                        + ": "
                                                        + String.join(", ", dimension.getValue()))
                                        .toList()));
    }

    private static String bullets(List<String> items) {
        return items.isEmpty()
                ? "(none)"
                : items.stream().map(item -> "- " + item).collect(Collectors.joining("\n"));
    }
}
