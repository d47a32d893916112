package dev.convergence.cli;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the server is asked.
///
/// @param body JSON, or null for none
record Request(String method, URI uri, Map<String, String> headers, @Nullable String body) {

    private static final String PATCH = "PATCH";

    Request {
        headers = Map.copyOf(headers);
    }

    boolean isPatch() {
        return method.equals(PATCH);
    }
}
