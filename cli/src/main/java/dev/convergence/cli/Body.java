package dev.convergence.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a request says; what was not given is not in it.
final class Body {

    private final Map<String, Object> fields = new LinkedHashMap<>();

    Body with(String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
        return this;
    }

    Map<String, Object> fields() {
        return fields;
    }
}
