package dev.convergence.steps.generation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Finds the parts of a card in JSON that a model wrote.
final class CardReader {

    private static final int TITLE_MAX = 80;
    private static final int TEXT_MAX = 4_000;
    private static final int ITEM_MAX = 500;
    private static final int ITEMS_MAX = 10;

    private CardReader() {}

    /// @return nothing when no part of a card is there
    static Optional<Card> read(JsonNode json) {
        Card card =
                new Card(
                        Texts.cut(text(json.path("title")), TITLE_MAX),
                        Texts.cut(text(json.path("summary")), TEXT_MAX),
                        texts(either(json, "key_concepts", "concepts")),
                        texts(either(json, "horror_applications", "applications")),
                        affinity(either(json, "canonical_affinity", "affinity")));
        return card.checks().containsValue(true) ? Optional.of(card) : Optional.empty();
    }

    private static JsonNode either(JsonNode json, String name, String shorter) {
        return json.has(name) ? json.path(name) : json.path(shorter);
    }

    private static Map<String, List<String>> affinity(JsonNode json) {
        Map<String, List<String>> affinity = new LinkedHashMap<>();
        for (String dimension : Card.DIMENSIONS) {
            List<String> words = texts(json.path(dimension));
            if (!words.isEmpty()) {
                affinity.put(dimension, words);
            }
        }
        return affinity;
    }

    /// A list of texts; a single text is a list of one.
    private static List<String> texts(JsonNode json) {
        Stream<JsonNode> items = json.isArray() ? json.valueStream() : Stream.of(json);
        List<String> texts = new ArrayList<>();
        items.map(CardReader::text)
                .filter(text -> !text.isEmpty())
                .limit(ITEMS_MAX)
                .forEach(text -> texts.add(Texts.cut(text, ITEM_MAX)));
        return List.copyOf(texts);
    }

    /// The text of a value; of an object, that of its first text.
    private static String text(JsonNode json) {
        if (json.isObject()) {
            return json.valueStream()
                    .filter(JsonNode::isString)
                    .findFirst()
                    .map(CardReader::text)
                    .orElse("");
        }
        return json.isValueNode() ? json.asString("").strip() : "";
    }
}
