package dev.convergence.steps.source;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Where a file of JSON lines has its values, as samples from all over it show: the paths (RFC
/// 6901) of each plain name, and the names of each object.
final class JsonPaths {

    private static final int SAMPLES = 16;
    private static final int SAMPLE_BYTES = 1 << 18;
    private static final int SHAPES_MAX = 200;

    private final Map<String, Set<String>> places = new LinkedHashMap<>();
    private final Map<String, Set<String>> keys = new LinkedHashMap<>();
    private final Map<String, String> plainNames = new LinkedHashMap<>();
    private final Set<Map<String, List<String>>> shapes = new LinkedHashSet<>();

    private JsonPaths() {
        keys.put("", new LinkedHashSet<>());
        plainNames.put("", "");
    }

    /// Nothing for a file of which no sample has an object, or one that is a page of a report or of
    /// a list: its rows are inside.
    static Optional<JsonPaths> of(Path file) throws IOException {
        JsonPaths paths = new JsonPaths();
        for (String line : samples(file)) {
            if (JsonText.object(line) instanceof JsonNode object) {
                if (Pages.isPage(object) || PagedList.of(object).isPresent()) {
                    return Optional.empty();
                }
                Map<String, List<String>> shape = new LinkedHashMap<>();
                paths.learn("", object, shape);
                paths.keep(shape);
            }
        }
        return paths.places.isEmpty() ? Optional.empty() : Optional.of(paths);
    }

    private static List<String> samples(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            long step = Math.max(bytes.length() / SAMPLES, SAMPLE_BYTES);
            for (long from = 0; from < bytes.length(); from += step) {
                byte[] sample = new byte[(int) Math.min(SAMPLE_BYTES, bytes.length() - from)];
                bytes.seek(from);
                bytes.readFully(sample);
                new String(sample, StandardCharsets.UTF_8).lines().forEach(lines::add);
            }
        }
        return lines;
    }

    private void keep(Map<String, List<String>> shape) {
        if (shapes.size() < SHAPES_MAX) {
            shapes.add(shape);
        }
    }

    private void learn(String path, JsonNode object, Map<String, List<String>> shape) {
        shape.put(path, List.copyOf(object.propertyNames()));
        object.properties()
                .forEach(field -> {
                    String key = field.getKey();
                    String inner = path + "/" + key.replace("~", "~0").replace("/", "~1");
                    String plain = plainNames.get(path) + SourceRow.plain(key);
                    keys.computeIfAbsent(path, _ -> new LinkedHashSet<>()).add(key);
                    plainNames.put(inner, plain);
                    keys.putIfAbsent(inner, new LinkedHashSet<>());
                    places.computeIfAbsent(plain, _ -> new LinkedHashSet<>()).add(inner);
                    shape.put(inner, List.of());
                    if (field.getValue().isObject()) {
                        learn(inner, field.getValue(), shape);
                    }
                });
    }

    Header header() {
        return Header.of(List.copyOf(places.keySet()));
    }

    Set<String> of(String plainName) {
        return places.getOrDefault(plainName, Set.of());
    }

    Set<String> all() {
        return plainNames.keySet().stream()
                .filter(path -> !path.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// The objects in which one of these names may stand, with the names that are known there; what
    /// was no object in any sample has none.
    Map<String, Set<String>> objectsAbove(Set<String> names) {
        Map<String, Set<String>> above = new LinkedHashMap<>();
        plainNames.forEach((path, plain) -> {
            boolean holds =
                    names.stream()
                            .anyMatch(n -> n.startsWith(plain) && n.length() > plain.length());
            if (holds) {
                above.put(path, keys.getOrDefault(path, Set.of()));
            }
        });
        return above;
    }

    /// How DuckDB writes the names of these objects, for each line of the samples that differs from
    /// the others in them.
    Set<String> shapesOf(Set<String> objects) {
        return shapes.stream()
                .map(shape ->
                        objects.stream()
                                .map(object -> written(shape.get(object)))
                                .collect(Collectors.joining(", ", "[", "]")))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String written(@Nullable List<String> names) {
        return names == null ? "NULL" : names.stream().collect(Collectors.joining(", ", "[", "]"));
    }
}
