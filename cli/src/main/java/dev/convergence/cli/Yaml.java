package dev.convergence.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/// YAML for people's files and eyes; JSON is read by the same door, because it is YAML.
final class Yaml {

    static final YAMLMapper MAPPER =
            YAMLMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
                    .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                    .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
                    .disable(YAMLWriteFeature.SPLIT_LINES)
                    .build();

    private Yaml() {}

    static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /// A file's content; `-` is what is piped in.
    static JsonNode read(String file, Machine machine) {
        return parse(file, file.equals("-") ? machine.piped() : content(Path.of(file)));
    }

    static JsonNode parse(String name, String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException wrong) {
            throw Failure.usage(
                    name
                            + ", line "
                            + wrong.getLocation().getLineNr()
                            + ": not YAML or JSON: "
                            + wrong.getOriginalMessage().lines().findFirst().orElse(""));
        }
    }

    static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw Failure.usage(file + " cannot be read.");
        }
    }
}
