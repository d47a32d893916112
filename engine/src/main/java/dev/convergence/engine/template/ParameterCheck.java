package dev.convergence.engine.template;

import dev.convergence.engine.error.FieldError;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Gives one value the type that its parameter declares, or says what is wrong with it.
final class ParameterCheck {

    private final ParameterSpec spec;
    private final Consumer<FieldError> errors;

    ParameterCheck(ParameterSpec spec, Consumer<FieldError> errors) {
        this.spec = spec;
        this.errors = errors;
    }

    Optional<Object> typed(Object given) {
        return convert(given)
                .flatMap(this::oneOfAllowed)
                .filter(this::matches)
                .filter(this::inRange);
    }

    private Optional<Object> convert(Object given) {
        Object value =
                switch (spec.type()) {
                    case STRING -> given instanceof String ? given : null;
                    case INTEGER -> whole(given);
                    case NUMBER -> number(given);
                    case BOOLEAN -> bool(given);
                    case DATE -> date(given);
                    case LIST -> given instanceof List ? given : null;
                    case OBJECT -> given instanceof Map ? given : null;
                    case ANY -> given;
                };
        if (value == null) {
            wrongType();
        }
        return Optional.ofNullable(value);
    }

    private void wrongType() {
        if (spec.type() == ParameterSpec.Type.DATE) {
            fault("INVALID_DATE", "must be a date such as 2026-01-31");
        } else {
            fault("WRONG_TYPE", "must be of type " + spec.type().name().toLowerCase(Locale.ROOT));
        }
    }

    private static @Nullable Object whole(Object given) {
        BigDecimal number = number(given);
        try {
            return number == null ? null : number.longValueExact();
        } catch (ArithmeticException notWholeOrTooLarge) {
            return null;
        }
    }

    private static @Nullable BigDecimal number(Object given) {
        if (!(given instanceof Number || given instanceof String)) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(given.toString());
            return Math.abs((long) number.scale()) > 400 ? null : number;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private static @Nullable Object bool(Object given) {
        return switch (given.toString().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> null;
        };
    }

    /// Dates stay text: parameters are stored as JSON.
    private static @Nullable Object date(Object given) {
        try {
            return LocalDate.parse(given.toString()).toString();
        } catch (DateTimeParseException notADate) {
            return null;
        }
    }

    /// Texts are compared in any case and become what the template wrote.
    private Optional<Object> oneOfAllowed(Object value) {
        if (spec.allowed().isEmpty()) {
            return Optional.of(value);
        }
        Optional<Object> found =
                spec.allowed().stream().filter(one -> same(one, value)).findFirst();
        if (found.isEmpty()) {
            fault("NOT_ALLOWED", "must be one of " + spec.allowed());
        }
        return found;
    }

    private static boolean same(Object allowed, Object value) {
        return allowed.toString().equalsIgnoreCase(value.toString());
    }

    private boolean matches(Object value) {
        String pattern = spec.pattern();
        boolean matches = pattern == null || Pattern.matches(pattern, value.toString());
        if (!matches) {
            fault("PATTERN", "must match " + pattern);
        }
        return matches;
    }

    private boolean inRange(Object value) {
        if (!(value instanceof Number number)) {
            return true;
        }
        BigDecimal decimal = new BigDecimal(number.toString());
        BigDecimal minimum = spec.minimum();
        BigDecimal maximum = spec.maximum();
        boolean inside =
                (minimum == null || decimal.compareTo(minimum) >= 0)
                        && (maximum == null || decimal.compareTo(maximum) <= 0);
        if (!inside) {
            fault("OUT_OF_RANGE", "must be " + range(minimum, maximum));
        }
        return inside;
    }

    private static String range(@Nullable BigDecimal minimum, @Nullable BigDecimal maximum) {
        if (minimum == null) {
            return "at most " + maximum;
        }
        return maximum == null ? "at least " + minimum : minimum + " to " + maximum;
    }

    private void fault(String code, String detail) {
        errors.accept(new FieldError("parameters." + spec.name(), code, detail));
    }
}
