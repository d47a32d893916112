package dev.convergence.engine.template;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One parameter that a template declares; a run may set no other.
///
/// @param defaultValue null when the parameter has none
/// @param allowed the values it may have; empty for any
/// @param pattern a regular expression that all of the text must match
public record ParameterSpec(
        String name,
        Type type,
        String description,
        boolean required,
        @Nullable Object defaultValue,
        List<Object> allowed,
        @Nullable String pattern,
        @Nullable BigDecimal minimum,
        @Nullable BigDecimal maximum) {

    public enum Type {
        STRING,
        INTEGER,
        NUMBER,
        BOOLEAN,
        DATE,
        LIST,
        OBJECT,
        ANY
    }

    public ParameterSpec {
        allowed = List.copyOf(allowed);
    }
}
