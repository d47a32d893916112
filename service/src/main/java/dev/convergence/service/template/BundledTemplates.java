package dev.convergence.service.template;

import dev.convergence.engine.template.TemplatePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The templates that come with the program, named by an index because a jar cannot be listed.
final class BundledTemplates {

    private static final String FOLDER = "/templates/";

    /// From each name to the template that it stands for; mostly itself.
    private final Map<TemplatePath, TemplatePath> index = new LinkedHashMap<>();

    BundledTemplates() {
        resource("index.txt")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("=", 2))
                .forEach(pair -> index.put(path(pair[0]), path(pair[pair.length - 1])));
    }

    /// The template that an alias stands for; any other path is itself.
    TemplatePath resolved(TemplatePath path) {
        return index.getOrDefault(path, path);
    }

    Optional<String> text(TemplatePath path) {
        return index.containsKey(path) ? Optional.of(resource(path + ".yml")) : Optional.empty();
    }

    /// Without the aliases.
    List<TemplatePath> paths() {
        return index.values().stream().distinct().toList();
    }

    private static TemplatePath path(String line) {
        String[] segments = line.strip().split("/");
        return new TemplatePath(segments[0], segments[1], segments[2]);
    }

    private static String resource(String name) {
        try (InputStream in = BundledTemplates.class.getResourceAsStream(FOLDER + name)) {
            return new String(
                    Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
