package dev.convergence.cli;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// The part of an address behind the question mark; what was not given is not in it.
final class Query {

    private final StringJoiner parts = new StringJoiner("&", "?", "").setEmptyValue("");

    Query with(String name, @Nullable Object value) {
        if (value != null) {
            parts.add(name + "=" + Route.encoded(value.toString()));
        }
        return this;
    }

    @Override
    public String toString() {
        return parts.toString();
    }
}
