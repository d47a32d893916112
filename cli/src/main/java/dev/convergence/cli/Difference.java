package dev.convergence.cli;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a file wants otherwise than the server has it.
///
/// @param before the fields that the file names, as the server has them
/// @param changes what to send
record Difference(String name, ObjectNode before, ObjectNode wanted, ObjectNode changes) {

    private static final Set<String> ANY_CASE = Set.of("provider", "domain", "schedule_policy");
    private static final Set<String> BY_PART = Set.of("schedule_policy", "retry_config");
    private static final int CONTEXT = 3;

    static Difference of(Wanted wanted, ObjectNode config) {
        ObjectNode before = Json.MAPPER.createObjectNode();
        ObjectNode changes = Json.MAPPER.createObjectNode();
        wanted.fields()
                .forEachEntry((field, value) -> {
                    JsonNode has = shown(field, value, config.path(field));
                    boolean isSame = isSame(value, has, ANY_CASE.contains(field));
                    if (!has.isMissingNode()) {
                        before.set(field, isSame ? value : has);
                    }
                    if (!isSame) {
                        changes.set(field, value);
                    }
                });
        return new Difference(wanted.name(), before, wanted.fields(), changes);
    }

    /// Of settings with parts the server shows all, also those that the file leaves alone.
    private static JsonNode shown(String field, JsonNode value, JsonNode has) {
        if (!BY_PART.contains(field) || !value.isObject() || !has.isObject()) {
            return has;
        }
        ObjectNode named = Json.MAPPER.createObjectNode();
        value.propertyNames().stream()
                .filter(has::has)
                .forEach(part -> named.set(part, has.path(part)));
        return named;
    }

    boolean isNone() {
        return changes.isEmpty();
    }

    /// As a unified diff of both sides' YAML.
    String text() {
        List<String> old = before.isEmpty() ? List.of() : Yaml.text(before).lines().toList();
        List<String> fresh = Yaml.text(wanted).lines().toList();
        return String.join(
                "\n",
                UnifiedDiffUtils.generateUnifiedDiff(
                        "server/" + name,
                        "file/" + name,
                        old,
                        DiffUtils.diff(old, fresh),
                        CONTEXT));
    }

    static boolean isSame(JsonNode a, JsonNode b, boolean anyCase) {
        if (a.isObject() && b.isObject()) {
            return a.size() == b.size()
                    && a.propertyStream()
                            .allMatch(part ->
                                    isSame(part.getValue(), b.path(part.getKey()), anyCase));
        }
        if (a.isArray() && b.isArray()) {
            return a.size() == b.size()
                    && IntStream.range(0, a.size())
                            .allMatch(i -> isSame(a.path(i), b.path(i), anyCase));
        }
        if (a.isNumber() && b.isNumber()) {
            return a.decimalValue().compareTo(b.decimalValue()) == 0;
        }
        if (a.isString() && b.isString()) {
            return isSame(a.asString(), b.asString(), anyCase);
        }
        return a.equals(b);
    }

    private static boolean isSame(String a, String b, boolean anyCase) {
        if (!anyCase) {
            return a.equals(b);
        }
        return a.equalsIgnoreCase(b) || (span(a).isPresent() && span(a).equals(span(b)));
    }

    /// The server writes spans of time its own way: PT60M comes back as PT1H.
    private static Optional<Duration> span(String text) {
        try {
            return text.startsWith("P") ? Optional.of(Duration.parse(text)) : Optional.empty();
        } catch (DateTimeParseException notASpan) {
            return Optional.empty();
        }
    }
}
