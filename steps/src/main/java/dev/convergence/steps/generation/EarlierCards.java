package dev.convergence.steps.generation;

import dev.convergence.steps.generation.Similarity.Earlier;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The cards of completed runs.
record EarlierCards(List<Kept> all) {

    static final int COMPARED_MAX = 50;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// A topic is short, so words that it shares with a card already mean something.
    private static final double MATCH_FROM = 0.12;

    record Kept(String id, String topic, Card card) {}

    static EarlierCards of(List<byte[]> files) {
        return new EarlierCards(
                files.stream().map(EarlierCards::kept).flatMap(Optional::stream).toList());
    }

    private static Optional<Kept> kept(byte[] file) {
        try {
            JsonNode json = JSON.readTree(file);
            return CardReader.read(json.path("output"))
                    .map(card ->
                            new Kept(
                                    json.path("card_id").asString(""),
                                    json.path("input").path("topic").asString(""),
                                    card));
        } catch (JacksonException foreign) {
            return Optional.empty();
        }
    }

    Likeness likeness(Card card) {
        return Similarity.toNearest(
                card.text(),
                all.stream().map(kept -> new Earlier(kept.id(), kept.card().text())).toList());
    }

    /// Those that have to do with a topic, the closest first.
    List<Kept> about(String topic, int atMost) {
        return all.stream()
                .filter(kept -> closeness(topic, kept) >= MATCH_FROM)
                .sorted(Comparator.comparingDouble((Kept kept) -> -closeness(topic, kept)))
                .limit(atMost)
                .toList();
    }

    private static double closeness(String topic, Kept kept) {
        return Math.max(
                against(topic, kept.topic()),
                Math.max(
                        against(topic, kept.card().title()),
                        against(topic, String.join(" ", kept.card().concepts()))));
    }

    private static double against(String topic, String text) {
        return Similarity.toNearest(topic, List.of(new Earlier("", text))).score();
    }
}
