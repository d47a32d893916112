package dev.convergence.engine.template;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.error.FieldError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The parameters of a run as the template wants them: typed, with defaults; and everything that is
/// wrong with what was given, at once.
///
/// @param values only what is right; complete when there are no errors
public record Parameters(Map<String, Object> values, List<FieldError> errors) {

    public static Parameters of(
            List<ParameterSpec> specs, Map<String, ? extends @Nullable Object> given) {
        Map<String, Object> values = new LinkedHashMap<>();
        List<FieldError> errors = new ArrayList<>(unknown(specs, given.keySet()));
        for (ParameterSpec spec : specs) {
            Object value = given.get(spec.name());
            if (value != null) {
                new ParameterCheck(spec, errors::add)
                        .typed(value)
                        .ifPresent(typed -> values.put(spec.name(), typed));
            } else if (spec.defaultValue() != null) {
                values.put(spec.name(), spec.defaultValue());
            } else if (spec.required()) {
                errors.add(fault(spec.name(), "REQUIRED", "must be given"));
            }
        }
        if (backwards(values.get("start_date"), values.get("end_date"))) {
            errors.add(fault("end_date", "OUT_OF_RANGE", "must not be before start_date"));
        }
        return new Parameters(values, List.copyOf(errors));
    }

    /// @throws EngineException INVALID_FIELD with every error
    public Map<String, Object> orRefuse() {
        if (!errors.isEmpty()) {
            String sentence =
                    errors.stream()
                            .map(error -> error.field() + " " + error.detail())
                            .collect(Collectors.joining("; "));
            throw new EngineException(ErrorCode.INVALID_FIELD, sentence + ".", errors, Map.of());
        }
        return values;
    }

    private static List<FieldError> unknown(List<ParameterSpec> specs, Set<String> given) {
        Set<String> known = specs.stream().map(ParameterSpec::name).collect(Collectors.toSet());
        return given.stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .map(name -> fault(name, "UNKNOWN_PARAMETER", "is no parameter of this template"))
                .toList();
    }

    /// ISO dates compare as text.
    private static boolean backwards(@Nullable Object start, @Nullable Object end) {
        return start instanceof String from && end instanceof String to && from.compareTo(to) > 0;
    }

    private static FieldError fault(String name, String code, String detail) {
        return new FieldError("parameters." + name, code, detail);
    }
}
