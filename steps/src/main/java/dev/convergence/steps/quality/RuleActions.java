package dev.convergence.steps.quality;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.steps.quality.Rule.OnFail;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a pipeline wants done when rules fail, other than what their suites say: the setting
/// `on_fail`, actions by rule. A key is a rule's name or the beginning of one, such as `dq09`.
public final class RuleActions {

    private static final String SETTING = "on_fail";

    private final Map<String, OnFail> actions;

    private RuleActions(Map<String, OnFail> actions) {
        this.actions = actions;
    }

    /// @throws EngineException INVALID_PARAMETER for an action that there is not, or a rule that no
    ///   suite has
    public static RuleActions of(Map<String, Object> settings) {
        Map<String, OnFail> actions = new LinkedHashMap<>();
        Object given = settings.getOrDefault(SETTING, Map.of());
        if (!(given instanceof Map<?, ?> entries)) {
            throw refusal("must be an object: actions by rule.");
        }
        entries.forEach(
                (rule, action) -> actions.put(known(String.valueOf(rule)), word(rule, action)));
        return new RuleActions(actions);
    }

    private static String known(String rule) {
        String key = rule.toLowerCase(Locale.ROOT);
        if (Suites.allRules().noneMatch(name -> isMeant(name, key))) {
            throw refusal("no suite has the rule '" + rule + "'.");
        }
        return key;
    }

    private static OnFail word(Object rule, Object action) {
        return Arrays.stream(OnFail.values())
                .filter(word -> word.name().equalsIgnoreCase(String.valueOf(action)))
                .findFirst()
                .orElseThrow(() ->
                        refusal(
                                "%s is '%s'; it is one of %s."
                                        .formatted(rule, action, List.of(OnFail.values()))));
    }

    private static boolean isMeant(String rule, String key) {
        String name = rule.toLowerCase(Locale.ROOT);
        return name.equals(key) || name.startsWith(key + "_");
    }

    /// The longest key that means a rule counts.
    private Optional<OnFail> of(String rule) {
        return actions.entrySet().stream()
                .filter(entry -> isMeant(rule, entry.getKey()))
                .max(Map.Entry.comparingByKey((a, b) -> Integer.compare(a.length(), b.length())))
                .map(Map.Entry::getValue);
    }

    /// Whether a rule of a load as a whole fails the run.
    public boolean failsRun(String rule, boolean otherwise) {
        return of(rule).map(OnFail.FAIL_RUN::equals).orElse(otherwise);
    }

    Rule applyTo(Rule rule) {
        Optional<OnFail> action = of(rule.name());
        if (action.isPresent() && action.get() == OnFail.QUARANTINE && !rule.isOfRows()) {
            throw refusal(rule.name() + " is about the table as a whole; it can WARN or FAIL_RUN.");
        }
        return action.map(rule::with).orElse(rule);
    }

    private static EngineException refusal(String sentence) {
        return new EngineException(ErrorCode.INVALID_PARAMETER, SETTING + ": " + sentence);
    }
}
