package dev.convergence.engine.error;

import java.util.List;
import java.util.Map;

/// A refusal: what was asked, why not, and what to do, in a sentence that may be shown to the user.
///
/// Bugs are [IllegalStateException]; expected endings of work are values.
public class EngineException extends RuntimeException {

    private final ErrorCode code;
    private final List<FieldError> fields;
    private final Map<String, Object> facts;

    public EngineException(ErrorCode code, String message) {
        this(code, message, List.of(), Map.of());
    }

    public EngineException(ErrorCode code, String message, Throwable cause) {
        this(code, message);
        initCause(cause);
    }

    /// @param fields the faults of single fields, shown as `errors`
    /// @param facts numbers and times that a program can act on, shown beside the sentence
    public EngineException(
            ErrorCode code, String message, List<FieldError> fields, Map<String, Object> facts) {
        super(message);
        this.code = code;
        this.fields = List.copyOf(fields);
        this.facts = Map.copyOf(facts);
    }

    public static EngineException invalidField(String field, String code, String detail) {
        return new EngineException(
                ErrorCode.INVALID_FIELD,
                field + ": " + detail,
                List.of(new FieldError(field, code, detail)),
                Map.of());
    }

    public static EngineException notFound(String what) {
        return new EngineException(ErrorCode.RESOURCE_NOT_FOUND, what);
    }

    public ErrorCode code() {
        return code;
    }

    public List<FieldError> fields() {
        return fields;
    }

    public Map<String, Object> facts() {
        return facts;
    }
}
