package dev.convergence.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A pipeline as a file wants it.
///
/// @param fields the API's, under their first names
record Wanted(String name, ObjectNode fields, Path file) {

    private static final Map<String, String> OTHER_NAMES =
            Map.of(
                    "name", "pipeline_name",
                    "cron", "schedule_cron",
                    "schedule", "schedule_cron",
                    "template_name", "pipeline_template",
                    "default_parameters", "parameters");
    private static final List<String> FIELDS =
            List.of(
                    "pipeline_name",
                    "provider",
                    "domain",
                    "pipeline_template",
                    "description",
                    "schedule_cron",
                    "timezone",
                    "is_active",
                    "parameters",
                    "priority",
                    "retry_config",
                    "notification_emails",
                    "schedule_policy");
    private static final List<String> NEEDED =
            List.of("pipeline_name", "provider", "domain", "pipeline_template", "schedule_cron");
    private static final Set<String> ENDINGS = Set.of("yaml", "yml", "json");

    /// All of a folder, or of one file, by name; a name may be there once.
    static SequencedMap<String, Wanted> read(List<Path> places) {
        SequencedMap<String, Wanted> all = new LinkedHashMap<>();
        for (Path place : places) {
            for (Path file : files(place)) {
                for (Wanted wanted : in(file)) {
                    Wanted other = all.put(wanted.name, wanted);
                    if (other != null) {
                        throw Failure.usage(
                                wanted.name + " is in " + other.file + " and in " + file + ".");
                    }
                }
            }
        }
        return all;
    }

    private static List<Path> files(Path place) {
        try (Stream<Path> found = Files.walk(place)) {
            return found.filter(Files::isRegularFile)
                    .filter(file -> file.equals(place) || ENDINGS.contains(ending(file)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw Failure.usage(place + " cannot be read.");
        }
    }

    private static String ending(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static List<Wanted> in(Path file) {
        JsonNode content = Yaml.parse(file.toString(), Yaml.content(file));
        List<Wanted> found = new ArrayList<>();
        if (content.isArray()) {
            content.forEach(one -> found.add(of(one, file)));
        } else {
            found.add(of(content, file));
        }
        return found;
    }

    private static Wanted of(JsonNode given, Path file) {
        if (!given.isObject()) {
            throw Failure.usage(file + " has no pipeline in it: fields and values are expected.");
        }
        ObjectNode fields = Json.MAPPER.createObjectNode();
        given.forEachEntry((name, value) -> take(fields, name, value, file));
        for (String needed : NEEDED) {
            if (fields.path(needed).asString("").isBlank()) {
                throw Failure.usage(file + ": " + needed + " is missing.");
            }
        }
        return new Wanted(Configs.name(fields), fields, file);
    }

    private static void take(ObjectNode fields, String name, JsonNode value, Path file) {
        if (name.equals("template")) {
            TemplatePath template = new TemplatePath.Converter().convert(value.asString(""));
            fields.put("provider", template.provider());
            fields.put("domain", template.domain());
            fields.put("pipeline_template", template.name());
            return;
        }
        String first = OTHER_NAMES.getOrDefault(name, name);
        if (!FIELDS.contains(first)) {
            throw Failure.usage(
                    file + ": there is no field " + name + ".",
                    "There are: template, " + String.join(", ", FIELDS) + ".");
        }
        fields.set(first, value);
    }

    /// What the server has, as files want it.
    static ArrayNode export(List<JsonNode> configs) {
        ArrayNode all = Json.MAPPER.createArrayNode();
        for (JsonNode config : configs) {
            ObjectNode one = all.addObject();
            for (String field : FIELDS) {
                JsonNode value = config.path(field);
                if (!value.isNull() && !value.isMissingNode() && !isEmpty(value)) {
                    one.set(field, withoutNulls(value));
                }
            }
        }
        return all;
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isContainer() && value.isEmpty();
    }

    private static JsonNode withoutNulls(JsonNode value) {
        if (!value.isObject()) {
            return value;
        }
        ObjectNode kept = Json.MAPPER.createObjectNode();
        value.forEachEntry((name, part) -> {
            if (!part.isNull()) {
                kept.set(name, part);
            }
        });
        // How many are made up for counts only where all are.
        if (!kept.path("missed_runs").asString("ALL").equals("ALL")) {
            kept.remove("missed_runs_max");
        }
        return kept;
    }
}
