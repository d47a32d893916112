package dev.convergence.api.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A refusal on the wire: RFC 9457, and beside it the names that older clients look for.
///
/// @param detail a sentence that says what to do
/// @param error the older name of what went wrong
/// @param errorCode the same as `code`
/// @param message the same as `detail`
/// @param errors the faults of single fields; only with 422
/// @param facts numbers and times that a program can act on, shown as fields of their own
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String code,
        String requestId,
        @Nullable List<FieldProblem> errors,
        String error,
        String errorCode,
        String message,
        Instant timestamp,
        @JsonAnyGetter Map<String, Object> facts) {}
