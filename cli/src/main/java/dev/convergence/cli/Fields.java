package dev.convergence.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// Fields of a request beside those that have an option of their own.
final class Fields {

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Takes the fields from a YAML or JSON file; - is stdin.")
    private @Nullable String file;

    @Option(
            names = "--set",
            paramLabel = "FIELD=VALUE",
            description = "Sets a field of the API; the value is JSON, or else text.")
    private @Nullable Map<String, String> set;

    /// What the file says, over it what was set, over it what has an option.
    Body over(Body options, Machine machine) {
        Body body = new Body();
        if (file != null) {
            JsonNode given = Yaml.read(file, machine);
            if (!given.isObject()) {
                throw Failure.usage(file + " is not a list of fields and values.");
            }
            given.forEachEntry(body::with);
        }
        if (set != null) {
            set.forEach((name, text) -> body.with(name, Values.of(text)));
        }
        options.fields().forEach(body::with);
        return body;
    }

    boolean isEmpty() {
        return file == null && set == null;
    }
}
