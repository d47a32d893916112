package dev.convergence.steps.conformance;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The rules of FOCUS as its validator publishes them, read from the operator's file. Rules that
/// nobody can check by looking at rows (`Dynamic`), and those that only join others, are left out.
///
/// @param version of FOCUS
record RuleModel(String version, List<ModelRule> rules) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// @throws EngineException INTERNAL_ERROR when the file cannot be read as a model
    static RuleModel read(Path file) {
        try {
            return of(JSON.readTree(Files.readString(file)));
        } catch (IOException | JacksonException broken) {
            throw new EngineException(
                    ErrorCode.INTERNAL_ERROR,
                    "The rule model of FOCUS that the operator configured cannot be read.",
                    broken);
        }
    }

    private static RuleModel of(JsonNode model) {
        List<ModelRule> rules = new ArrayList<>();
        for (Map.Entry<String, JsonNode> rule : model.path("ModelRules").properties()) {
            if (looksAtData(rule.getValue())) {
                rules.add(rule(rule.getKey(), rule.getValue()));
            }
        }
        return new RuleModel(
                model.path("Details").path("FOCUSVersion").asString("?"), List.copyOf(rules));
    }

    private static boolean looksAtData(JsonNode rule) {
        JsonNode requirement = rule.path("ValidationCriteria").path("Requirement");
        return rule.path("Status").asString("").equals("Active")
                && rule.path("Type").asString("").equals("Static")
                && !rule.path("Function").asString("").equals("Composite")
                && requirement.has(RuleSql.FUNCTION);
    }

    private static ModelRule rule(String id, JsonNode rule) {
        JsonNode criteria = rule.path("ValidationCriteria");
        List<String> applicability = new ArrayList<>();
        rule.path("ApplicabilityCriteria")
                .forEach(criterion -> applicability.add(criterion.asString("")));
        return new ModelRule(
                id,
                rule.path("Reference").asString(""),
                criteria.path("Keyword").asString(""),
                criteria.path("MustSatisfy").asString(""),
                List.copyOf(applicability),
                criteria.path("Requirement"),
                criteria.path("Condition"));
    }
}
