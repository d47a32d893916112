package dev.convergence.service.template;

import dev.convergence.engine.template.StepOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;

/// What a schema cannot say: ids used once, dependencies that exist and end, types that are known,
/// defaults that fit their parameter. Works on files with structural faults, too.
final class TemplateRules {

    private final Set<String> knownTypes;
    private final ToIntFunction<String> lineOf;
    private final List<TemplateProblem> problems = new ArrayList<>();

    TemplateRules(Set<String> knownTypes, ToIntFunction<String> lineOf) {
        this.knownTypes = knownTypes;
        this.lineOf = lineOf;
    }

    List<TemplateProblem> check(JsonNode template) {
        JsonNode steps = template.path("steps");
        ids(steps);
        types(steps);
        Map<String, List<String>> dependsOn = dependencies(steps);
        unknownDependencies(steps, dependsOn.keySet());
        cycle(steps, dependsOn);
        notifications(steps);
        patterns(template.path("parameters"));
        return problems;
    }

    private void ids(JsonNode steps) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < steps.size(); i++) {
            String id = steps.path(i).path("step_id").asString("");
            if (!id.isEmpty() && !seen.add(id)) {
                add("/steps/" + i + "/step_id", "DUPLICATE", "'" + id + "' is used twice");
            }
        }
    }

    private void types(JsonNode steps) {
        for (int i = 0; i < steps.size(); i++) {
            String type = steps.path(i).path("ps_type").asString("");
            if (type.contains(".") && !knownTypes.contains(type)) {
                String known = String.join(", ", knownTypes.stream().sorted().toList());
                add(
                        "/steps/" + i + "/ps_type",
                        "UNKNOWN_STEP_TYPE",
                        "'" + type + "' is not known; there are " + known);
            }
        }
    }

    private static Map<String, List<String>> dependencies(JsonNode steps) {
        Map<String, List<String>> dependsOn = new LinkedHashMap<>();
        for (JsonNode step : steps) {
            String id = step.path("step_id").asString("");
            List<String> waitsFor =
                    step.path("depends_on").valueStream().map(one -> one.asString("")).toList();
            dependsOn.putIfAbsent(id, waitsFor);
        }
        return dependsOn;
    }

    private void unknownDependencies(JsonNode steps, Set<String> ids) {
        for (int i = 0; i < steps.size(); i++) {
            JsonNode dependsOn = steps.path(i).path("depends_on");
            for (int j = 0; j < dependsOn.size(); j++) {
                String id = dependsOn.path(j).asString("");
                if (!ids.contains(id)) {
                    String pointer = "/steps/" + i + "/depends_on/" + j;
                    add(pointer, "UNKNOWN_STEP", "there is no step '" + id + "'");
                }
            }
        }
    }

    private void cycle(JsonNode steps, Map<String, List<String>> dependsOn) {
        List<String> cycle = StepOrder.of(dependsOn).cycle();
        if (!cycle.isEmpty()) {
            String circle = String.join(" → ", cycle);
            add(
                    "/steps/" + indexOf(steps, cycle.getFirst()) + "/depends_on",
                    "CYCLE",
                    "these steps wait for each other: " + circle);
        }
    }

    private static int indexOf(JsonNode steps, String id) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.path(i).path("step_id").asString("").equals(id)) {
                return i;
            }
        }
        return 0;
    }

    /// Notifications run after all other steps, so nothing can wait for them.
    private void notifications(JsonNode steps) {
        Set<String> notifications = new HashSet<>();
        steps.valueStream()
                .filter(step -> step.has("trigger"))
                .forEach(step -> notifications.add(step.path("step_id").asString("")));
        for (int i = 0; i < steps.size(); i++) {
            for (JsonNode one : steps.path(i).path("depends_on")) {
                if (notifications.contains(one.asString(""))) {
                    add(
                            "/steps/" + i + "/depends_on",
                            "TRIGGERED_STEP",
                            "'" + one.asString("") + "' has a trigger and runs after all others");
                }
            }
        }
    }

    private void patterns(JsonNode parameters) {
        parameters.forEachEntry((name, spec) -> {
            try {
                Pattern.compile(spec.path("pattern").asString(""));
            } catch (PatternSyntaxException e) {
                String pointer = "/parameters/" + name + "/pattern";
                add(pointer, "PATTERN", "is no regular expression");
            }
        });
    }

    private void add(String pointer, String code, String what) {
        String path = TemplateSchema.path(pointer);
        problems.add(
                new TemplateProblem(
                        path, lineOf.applyAsInt(pointer), code, path + ": " + what + "."));
    }
}
