package dev.convergence.steps.quality;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.error.FieldError;
import dev.convergence.engine.step.QualityCheck.Severity;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a suite file and tells all that is wrong with it at once.
final class SuiteReader {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build();

    private SuiteReader() {}

    /// @throws EngineException INVALID_TEMPLATE with a [FieldError] for each fault
    static Suite read(String name, InputStream file) {
        List<FieldError> faults = new ArrayList<>();
        Fields fields = new Fields(parse(name, file), "", faults);
        Suite suite = suite(name, fields);
        fields.nothingElse();
        checkNames(suite, fields);
        if (!faults.isEmpty()) {
            throw refusal(name, faults);
        }
        return suite;
    }

    private static JsonNode parse(String name, InputStream file) {
        try {
            return JSON.readTree(file);
        } catch (JacksonException e) {
            String fault = "is no JSON: " + e.getOriginalMessage();
            throw refusal(name, List.of(new FieldError("file", "MALFORMED", fault)));
        }
    }

    private static Suite suite(String name, Fields fields) {
        if (!fields.text("suite").equals(name)) {
            fields.fault("suite", "WRONG_NAME", "must be the name of its file, " + name + ".");
        }
        List<List<Rule>> rules = fields.each("rules", SuiteReader::rules);
        return new Suite(
                name,
                fields.text("description"),
                fields.name("table"),
                fields.names("key"),
                rules.stream().flatMap(List::stream).toList());
    }

    private static List<Rule> rules(Fields fields) {
        String name = fields.name("rule");
        String kind = fields.text("kind");
        Severity severity = fields.word("severity", Severity.class, Severity.WARNING);
        Rule.OnFail onFail = fields.word("on_fail", Rule.OnFail.class, Rule.OnFail.WARN);
        List<? extends Expectation> expectations = ExpectationReader.read(kind, fields);
        boolean ofRows = expectations.stream().allMatch(RowExpectation.class::isInstance);
        if (onFail == Rule.OnFail.QUARANTINE && !ofRows) {
            fields.fault("on_fail", "INVALID_VALUE", "can be QUARANTINE for rules of rows only.");
        }
        BigDecimal mostly = ofRows ? mostly(fields) : BigDecimal.ONE;
        List<Condition> when = ofRows ? when(fields) : List.of();
        boolean several = expectations.size() > 1;
        return expectations.stream()
                .map(e ->
                        new Rule(
                                several ? name + "_" + e.columns().getFirst() : name,
                                kind,
                                severity,
                                onFail,
                                mostly,
                                when,
                                e))
                .toList();
    }

    private static BigDecimal mostly(Fields fields) {
        BigDecimal mostly = fields.decimal("mostly");
        if (mostly == null) {
            return BigDecimal.ONE;
        }
        if (mostly.signum() <= 0 || mostly.compareTo(BigDecimal.ONE) > 0) {
            fields.fault("mostly", "OUT_OF_RANGE", "must be above 0 and at most 1.");
        }
        return mostly;
    }

    static List<Condition> when(Fields fields) {
        return fields.entries("when").stream().map(entry -> condition(fields, entry)).toList();
    }

    private static Condition condition(Fields fields, Fields.Entry entry) {
        if (!Identifier.isOne(entry.name())) {
            fields.fault("when", "INVALID_NAME", "names a column that cannot be one.");
        }
        Map<String, Condition.Wanted> words =
                Map.of(
                        "not_null", Condition.Wanted.ANY_VALUE,
                        "is_null", Condition.Wanted.NO_VALUE);
        Condition.Wanted wanted = words.get(entry.value().asString(""));
        if (wanted != null) {
            return new Condition(entry.name(), wanted, List.of());
        }
        List<String> values = new ArrayList<>();
        entry.value().forEach(value -> values.add(value.asString("")));
        if (!entry.value().isArray() || values.isEmpty()) {
            fields.fault("when", "WRONG_TYPE", "needs a list of values, not_null or is_null.");
        }
        return new Condition(entry.name(), Condition.Wanted.ONE_OF, values);
    }

    private static void checkNames(Suite suite, Fields fields) {
        Set<String> names = new HashSet<>();
        suite.rules().stream()
                .map(Rule::name)
                .filter(name -> !names.add(name))
                .forEach(name -> fields.fault("rules", "DUPLICATE", name + " is there twice."));
    }

    private static EngineException refusal(String name, List<FieldError> faults) {
        String all =
                faults.stream()
                        .map(fault -> fault.field() + " " + fault.detail())
                        .collect(Collectors.joining(" "));
        return new EngineException(
                ErrorCode.INVALID_TEMPLATE,
                "The quality suite " + name + " is not valid: " + all,
                faults,
                Map.of());
    }
}
