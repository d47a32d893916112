package dev.convergence.steps.generation.model;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Where a vendor is reached, and with which key.
public record Endpoint(URI base, @Nullable ApiKey key) {

    /// The address of a route, such as `/v1/messages`.
    ///
    /// Vendors' clients do not agree whether a base URL ends with the version, so a first part that
    /// the base has already is not repeated.
    URI at(String route) {
        String root = base.toString().replaceAll("/+$", "");
        String first = route.substring(0, Math.max(1, route.indexOf('/', 1)));
        return URI.create(
                root.endsWith(first) ? root + route.substring(first.length()) : root + route);
    }
}
