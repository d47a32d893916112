package dev.convergence.service.template;

import dev.convergence.engine.template.ParameterSpec;
import dev.convergence.engine.template.Parameters;
import dev.convergence.engine.template.Placeholders;
import dev.convergence.engine.template.StepSpec;
import dev.convergence.engine.template.Template;
import dev.convergence.engine.template.TemplatePath;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Makes the engine's records of a template's tree that was found to be right.
final class TemplateTree {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private static final int MINUTES = 30;
    private static final int STEP_MINUTES = 10;

    /// Everything else of a step is its settings.
    private static final Set<String> NO_SETTINGS =
            Set.of(
                    "step_id",
                    "ps_type",
                    "name",
                    "description",
                    "depends_on",
                    "timeout_minutes",
                    "fail_on_error",
                    "on_failure",
                    "trigger",
                    "enabled",
                    "config");

    private final TemplatePath path;
    private final String version;

    TemplateTree(TemplatePath path, String version) {
        this.path = path;
        this.version = version;
    }

    Template template(JsonNode tree) {
        return new Template(
                path,
                tree.path("pipeline_id").asString(""),
                tree.path("name").asString(path.name()),
                tree.path("description").asString(""),
                version,
                timeout(tree),
                retries(tree),
                parameters(tree),
                plainMap(tree.path("variables")),
                steps(tree.path("steps")));
    }

    /// Reports defaults that their own parameter would refuse.
    void defaults(JsonNode tree, ToIntFunction<String> lineOf, Consumer<TemplateProblem> problems) {
        for (ParameterSpec spec : parameters(tree)) {
            Object value = spec.defaultValue();
            if (value != null && Placeholders.names(value).isEmpty()) {
                Parameters.of(List.of(spec), Map.of(spec.name(), value)).errors().stream()
                        .map(error -> problem(spec, error.code(), error.detail(), lineOf))
                        .forEach(problems);
            }
        }
    }

    private static TemplateProblem problem(
            ParameterSpec spec, String code, String detail, ToIntFunction<String> lineOf) {
        String at = "parameters." + spec.name() + ".default";
        int line = lineOf.applyAsInt("/parameters/" + spec.name() + "/default");
        return new TemplateProblem(at, line, code, at + " " + detail + ".");
    }

    private static Duration timeout(JsonNode tree) {
        return tree.has("timeout_seconds") && !tree.has("timeout_minutes")
                ? Duration.ofSeconds(tree.path("timeout_seconds").asLong())
                : Duration.ofMinutes(tree.path("timeout_minutes").asLong(MINUTES));
    }

    private static @Nullable Integer retries(JsonNode tree) {
        JsonNode given =
                tree.has("retry_attempts") ? tree.path("retry_attempts") : tree.path("max_retries");
        return given.isNumber() ? given.intValue() : null;
    }

    private static List<ParameterSpec> parameters(JsonNode tree) {
        List<ParameterSpec> specs = new ArrayList<>();
        tree.path("parameters").forEachEntry((name, spec) -> specs.add(parameter(name, spec)));
        return specs;
    }

    private static ParameterSpec parameter(String name, JsonNode spec) {
        return new ParameterSpec(
                name,
                ParameterSpec.Type.valueOf(
                        spec.path("type").asString("any").toUpperCase(Locale.ROOT)),
                spec.path("description").asString(""),
                spec.path("required").asBoolean(false),
                plain(spec.path("default")),
                spec.path("enum")
                        .valueStream()
                        .map(one -> JSON.treeToValue(one, Object.class))
                        .toList(),
                spec.has("pattern") ? spec.path("pattern").asString() : null,
                bound(spec.path("minimum")),
                bound(spec.path("maximum")));
    }

    private static @Nullable BigDecimal bound(JsonNode number) {
        return number.isNumber() ? number.decimalValue() : null;
    }

    /// A step that is switched off is left out, and nobody waits for it.
    private static List<StepSpec> steps(JsonNode steps) {
        Set<String> off =
                steps.valueStream()
                        .filter(step -> !step.path("enabled").asBoolean(true))
                        .map(step -> step.path("step_id").asString(""))
                        .collect(Collectors.toSet());
        return steps.valueStream()
                .filter(step -> !off.contains(step.path("step_id").asString("")))
                .map(step -> step(step, off))
                .toList();
    }

    private static StepSpec step(JsonNode step, Set<String> off) {
        String id = step.path("step_id").asString("");
        return new StepSpec(
                id,
                step.path("ps_type").asString(""),
                step.path("name").asString(id),
                step.path("depends_on")
                        .valueStream()
                        .map(one -> one.asString(""))
                        .filter(one -> !off.contains(one))
                        .toList(),
                Duration.ofMinutes(step.path("timeout_minutes").asLong(STEP_MINUTES)),
                failsRun(step),
                trigger(step.path("trigger").asString("none")),
                settings(step));
    }

    private static boolean failsRun(JsonNode step) {
        return step.path("fail_on_error").asBoolean(true)
                && !step.path("on_failure").asString("stop").equals("continue");
    }

    private static StepSpec.Trigger trigger(String word) {
        return StepSpec.Trigger.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static Map<String, Object> settings(JsonNode step) {
        Map<String, Object> settings = new LinkedHashMap<>();
        plainMap(step)
                .forEach((name, value) -> {
                    if (!NO_SETTINGS.contains(name)) {
                        settings.put(name, value);
                    }
                });
        settings.putAll(plainMap(step.path("config")));
        return settings;
    }

    /// Without its nulls: the engine's maps have none.
    private static Map<String, Object> plainMap(JsonNode object) {
        Map<String, Object> map = new LinkedHashMap<>();
        object.forEachEntry((name, value) -> {
            Object plain = plain(value);
            if (plain != null) {
                map.put(name, plain);
            }
        });
        return map;
    }

    private static @Nullable Object plain(JsonNode value) {
        return value.isMissingNode() || value.isNull()
                ? null
                : JSON.treeToValue(value, Object.class);
    }
}
