package dev.convergence.service.template;

import static dev.convergence.engine.error.ErrorCode.INVALID_TEMPLATE;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.template.Template;
import dev.convergence.engine.template.TemplatePath;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Reads a template and finds everything that is wrong with it at once.
public final class TemplateReader {

    private final TemplateSchema schema = new TemplateSchema();
    private final Set<String> knownTypes;

    /// @param knownTypes the `ps_type`s that this installation can run
    public TemplateReader(Set<String> knownTypes) {
        this.knownTypes = Set.copyOf(knownTypes);
    }

    public Reading read(TemplatePath path, String text) {
        List<TemplateProblem> errors = new ArrayList<>();
        List<TemplateProblem> warnings = new ArrayList<>();
        YamlText yaml = new YamlText(errors);
        Optional<JsonNode> tree = yaml.read(text);
        tree.ifPresent(template -> {
            errors.addAll(schema.check(template, yaml::line));
            errors.addAll(new TemplateRules(knownTypes, yaml::line).check(template));
            warnings.addAll(withoutEffect(template, yaml));
        });
        if (errors.isEmpty() && tree.isPresent()) {
            new TemplateTree(path, version(text)).defaults(tree.get(), yaml::line, errors::add);
        }
        errors.sort(Comparator.comparingInt(TemplateProblem::line));
        Optional<Template> template =
                errors.isEmpty()
                        ? tree.map(t -> new TemplateTree(path, version(text)).template(t))
                        : Optional.empty();
        return new Reading(text, template, List.copyOf(errors), List.copyOf(warnings));
    }

    private static final List<String> WITHOUT_EFFECT =
            List.of("schedule", "on_failure_action", "notifications");

    /// Fields that older templates have and that a run does not look at.
    private static List<TemplateProblem> withoutEffect(JsonNode template, YamlText yaml) {
        return WITHOUT_EFFECT.stream()
                .filter(field -> template.has(field))
                .map(field ->
                        new TemplateProblem(
                                field,
                                yaml.line("/" + field),
                                "NO_EFFECT",
                                field
                                        + " has no effect in a template: set it in the"
                                        + " pipeline's config."))
                .toList();
    }

    private static String version(String text) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// @param template empty when there are errors
    public record Reading(
            String text,
            Optional<Template> template,
            List<TemplateProblem> errors,
            List<TemplateProblem> warnings) {

        /// @throws EngineException INVALID_TEMPLATE, naming every error
        public Template orRefuse() {
            return template.orElseThrow(() -> new EngineException(INVALID_TEMPLATE, sentences()));
        }

        private String sentences() {
            return errors.stream()
                    .map(error -> "line " + error.line() + ": " + error.message())
                    .collect(Collectors.joining(" ", "The template has errors: ", ""));
        }
    }
}
