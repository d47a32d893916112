package dev.convergence.service.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/// The YAML file of `--config`: the variables' names with one text or a list of texts each.
///
/// Read with the schema that leaves every scalar a text, so that a key such as `0123` stays what it
/// is.
final class SettingsFile {

    private SettingsFile() {}

    static Map<String, String> read(Path file) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : topLevel(file).entrySet()) {
            String name = String.valueOf(entry.getKey());
            values.put(name, text(name, entry.getValue()));
        }
        return values;
    }

    private static Map<?, ?> topLevel(Path file) {
        Object document = load(file);
        if (document == null || "".equals(document)) {
            return Map.of();
        }
        if (document instanceof Map<?, ?> map) {
            return map;
        }
        throw new SettingsRefused(List.of(file + " must hold lines of the form NAME: value."));
    }

    private static Object load(Path file) {
        LoadSettings settings = LoadSettings.builder().setSchema(new FailsafeSchema()).build();
        try {
            return new Load(settings).loadFromString(Files.readString(file));
        } catch (IOException e) {
            throw new SettingsRefused(List.of("--config " + file + " cannot be read."));
        } catch (YamlEngineException e) {
            throw new SettingsRefused(List.of("--config " + file + " is not YAML."));
        }
    }

    private static String text(String name, Object value) {
        return switch (value) {
            case null -> "";
            case String text -> text;
            case List<?> items ->
                    items.stream().map(String::valueOf).collect(Collectors.joining(","));
            default ->
                    throw new SettingsRefused(
                            List.of(name + ": write one text, or a list of texts."));
        };
    }
}
