package dev.convergence.service.http.problem;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// What a body that cannot be decoded is told: not JSON (400), or JSON that does not fit (422).
///
/// The decoder's own messages name our classes, so they are not passed on.
final class JsonRefusals {

    private static final String WHOLE_BODY = "body";

    private JsonRefusals() {}

    static Refusal of(JacksonException failure) {
        return switch (failure) {
            case UnrecognizedPropertyException unknown ->
                    Refusal.invalidField(path(unknown), "UNKNOWN_FIELD", unknown(unknown));
            case InvalidFormatException value when value.getTargetType().isEnum() ->
                    Refusal.invalidField(path(value), "INVALID_VALUE", oneOf(value));
            case InvalidFormatException value ->
                    Refusal.invalidField(
                            path(value),
                            "INVALID_VALUE",
                            ExpectedType.sentence(value.getTargetType()));
            case MismatchedInputException trailing when isTrailing(trailing) -> notJson(trailing);
            case MismatchedInputException type ->
                    Refusal.invalidField(
                            path(type),
                            "INVALID_TYPE",
                            ExpectedType.sentence(type.getTargetType()));
            case InputCoercionException range ->
                    Refusal.invalidField(
                            path(range), "OUT_OF_RANGE", "is a number too large or too small.");
            case StreamReadException syntax -> notJson(syntax);
            case StreamConstraintsException limit ->
                    Refusal.of(
                            HttpFault.INVALID_JSON,
                            "The body is nested too deep or holds too long a name or number.");
            default ->
                    Refusal.invalidField(path(failure), "INVALID_VALUE", "is not a usable value.");
        };
    }

    private static Refusal notJson(JacksonException syntax) {
        return Refusal.of(
                HttpFault.INVALID_JSON,
                "The body is not valid JSON (line %d, column %d): correct it and send it again."
                        .formatted(
                                syntax.getLocation().getLineNr(),
                                syntax.getLocation().getColumnNr()));
    }

    /// Something after the end of the value; the decoder has no type of its own for it.
    private static boolean isTrailing(MismatchedInputException failure) {
        return String.valueOf(failure.getOriginalMessage()).startsWith("Trailing token");
    }

    private static String unknown(UnrecognizedPropertyException unknown) {
        String known =
                unknown.getKnownPropertyIds().stream()
                        .map(String::valueOf)
                        .sorted()
                        .collect(Collectors.joining(", "));
        return known.isEmpty()
                ? "is not a field of this request; leave it out."
                : "is not a field of this request; known are " + known + ".";
    }

    private static String oneOf(InvalidFormatException value) {
        return "must be one of "
                + Stream.of(value.getTargetType().getEnumConstants())
                        .map(word -> ((Enum<?>) word).name().toUpperCase(Locale.ROOT))
                        .collect(Collectors.joining(", "))
                + ".";
    }

    private static String path(JacksonException failure) {
        List<Reference> path = failure.getPath();
        StringBuilder text = new StringBuilder();
        for (Reference step : path) {
            if (step.getPropertyName() == null) {
                text.append('[').append(step.getIndex()).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return text.isEmpty() ? WHOLE_BODY : text.toString();
    }
}
