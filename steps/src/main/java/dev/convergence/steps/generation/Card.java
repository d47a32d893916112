package dev.convergence.steps.generation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What research has found about a topic.
///
/// @param affinity words for each dimension of horror, the most fitting first
record Card(
        String title,
        String summary,
        List<String> concepts,
        List<String> applications,
        Map<String, List<String>> affinity) {

    static final List<String> DIMENSIONS =
            List.of("setting", "primary_fear", "antagonist", "mechanism");

    /// Which of the five parts are there.
    Map<String, Boolean> checks() {
        Map<String, Boolean> checks = new LinkedHashMap<>();
        checks.put("title", !title.isEmpty());
        checks.put("summary", !summary.isEmpty());
        checks.put("key_concepts", !concepts.isEmpty());
        checks.put("horror_applications", !applications.isEmpty());
        checks.put("canonical_affinity", !affinity.isEmpty());
        return checks;
    }

    /// One value for each dimension.
    Map<String, String> core() {
        Map<String, String> core = new LinkedHashMap<>();
        affinity.forEach((dimension, words) -> core.put(dimension, words.getFirst()));
        return core;
    }

    /// What it is compared by.
    String text() {
        return String.join(
                "\n",
                Stream.of(List.of(title, summary), concepts, applications)
                        .flatMap(List::stream)
                        .toList());
    }

    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("title", title);
        facts.put("summary", summary);
        facts.put("key_concepts", concepts);
        facts.put("horror_applications", applications);
        facts.put("canonical_affinity", affinity);
        return facts;
    }
}
