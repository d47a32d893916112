package dev.convergence.steps.source;

import dev.convergence.steps.source.JsonScan.Found;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;

/// Where a file of plain JSON lines has its values: the paths (RFC 6901) of each plain name.
///
/// All lines are looked through once, see [JsonScan], and one of each shape is read.
final class JsonPaths {

    private final Map<String, Set<String>> places = new LinkedHashMap<>();
    private final Set<Trace> traces;

    private JsonPaths(Set<Trace> traces) {
        this.traces = traces;
    }

    /// Nothing for a file with a line that is not plain: that is no object or no JSON, has a number
    /// that a binary one does not keep or a word for nothing, or is a page of a report or of a
    /// list, whose rows are inside. Nor for one with very many shapes.
    static Optional<JsonPaths> of(Path file) throws IOException {
        try {
            Found found = scanned(file);
            JsonPaths paths = new JsonPaths(found.traces());
            for (byte[] example : found.examples().values()) {
                JsonNode object = JsonText.object(new String(example, StandardCharsets.UTF_8));
                if (object == null || Pages.isPage(object) || PagedList.of(object).isPresent()) {
                    return Optional.empty();
                }
                paths.learn("", "", object);
            }
            return paths.places.isEmpty() ? Optional.empty() : Optional.of(paths);
        } catch (NotPlain one) {
            return Optional.empty();
        }
    }

    private static Found scanned(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long parts = (channel.size() + JsonScan.PART_BYTES - 1) / JsonScan.PART_BYTES;
            return LongStream.range(0, parts)
                    .parallel()
                    .mapToObj(part -> JsonScan.part(channel, part * JsonScan.PART_BYTES))
                    .reduce(new Found(Map.of(), EnumSet.noneOf(Trace.class)), Found::and);
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    private void learn(String path, String plain, JsonNode object) {
        object.properties()
                .forEach(field -> {
                    String key = field.getKey();
                    String inner = path + "/" + key.replace("~", "~0").replace("/", "~1");
                    String name = plain + SourceRow.plain(key);
                    places.computeIfAbsent(name, _ -> new LinkedHashSet<>()).add(inner);
                    if (field.getValue().isObject()) {
                        learn(inner, name, field.getValue());
                    }
                });
    }

    Header header() {
        return Header.of(List.copyOf(places.keySet()));
    }

    Set<String> of(String plainName) {
        return places.getOrDefault(plainName, Set.of());
    }

    /// What the values may have to be cleaned of.
    Set<Trace> traces() {
        return traces;
    }
}
