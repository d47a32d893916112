package dev.convergence.service.http.pipeline;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a caller said about a run: in the body, at its top level or under `parameters`, and in the
/// query, which wins.
///
/// Any other top-level field is a parameter; whether the template has it is checked with the
/// others.
record RunBody(
        Map<String, Object> parameters,
        String triggerBy,
        boolean dryRun,
        int priority,
        @Nullable Integer retriesMax) {

    private static final Set<String> DATES = Set.of("date", "start_date", "end_date");
    private static final String TRIGGER_BY_DEFAULT = "api_user";
    private static final int PRIORITY_DEFAULT = 5;
    private static final int PRIORITY_MAX = 10;
    private static final int RETRIES_MAX = 10;
    private static final int YEAR_MIN = 2000;
    private static final int YEAR_MAX = 2100;

    static RunBody of(@Nullable Map<String, Object> body, Map<String, String> query) {
        Map<String, Object> rest = body == null ? new HashMap<>() : new HashMap<>(body);
        DATES.forEach(name -> take(rest, query, name));
        take(rest, query, "trigger_by");
        String triggerBy =
                triggerBy(
                        rest.containsKey("trigger_by")
                                ? rest.remove("trigger_by")
                                : TRIGGER_BY_DEFAULT);
        boolean dryRun = truth("dry_run", rest.remove("dry_run"), query.get("dry_run"));
        int priority =
                number("priority", rest.remove("priority"), 1, PRIORITY_MAX, PRIORITY_DEFAULT);
        Object retries = rest.remove("max_retries");
        Integer retriesMax =
                retries == null ? null : number("max_retries", retries, 0, RETRIES_MAX, 0);
        Map<String, Object> parameters = new LinkedHashMap<>(nested(rest.remove("parameters")));
        parameters.putAll(rest);
        DATES.forEach(name -> checkDate(name, parameters.get(name)));
        return new RunBody(parameters, triggerBy, dryRun, priority, retriesMax);
    }

    private static void take(Map<String, Object> rest, Map<String, String> query, String name) {
        if (query.containsKey(name)) {
            rest.put(name, query.get(name));
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> nested(@Nullable Object parameters) {
        if (parameters == null) {
            return Map.of();
        }
        if (parameters instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw EngineException.invalidField("parameters", "INVALID_TYPE", "is an object.");
    }

    private static String triggerBy(@Nullable Object value) {
        if (value instanceof String text && !text.isBlank() && text.length() <= 200) {
            return text;
        }
        throw new EngineException(
                ErrorCode.INVALID_TRIGGER_BY, "trigger_by is a text of 1 to 200 characters.");
    }

    private static void checkDate(String name, @Nullable Object value) {
        if (value == null) {
            return;
        }
        try {
            LocalDate date = LocalDate.parse(String.valueOf(value));
            if (date.getYear() >= YEAR_MIN && date.getYear() <= YEAR_MAX) {
                return;
            }
        } catch (DateTimeException wrong) {
            // The sentence below says what is expected.
        }
        throw new EngineException(
                ErrorCode.INVALID_DATE_FORMAT,
                name + " is a calendar day as YYYY-MM-DD, from the year 2000 to 2100.");
    }

    private static boolean truth(String name, @Nullable Object value, @Nullable String query) {
        String text =
                String.valueOf(query == null ? Objects.requireNonNullElse(value, "false") : query);
        if (text.equals("true") || text.equals("false")) {
            return Boolean.parseBoolean(text);
        }
        throw EngineException.invalidField(name, "INVALID_TYPE", "is true or false.");
    }

    private static int number(
            String name, @Nullable Object value, int min, int max, int otherwise) {
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Integer number && number >= min && number <= max) {
            return number;
        }
        throw EngineException.invalidField(
                name, "OUT_OF_RANGE", "is a whole number from " + min + " to " + max + ".");
    }
}
