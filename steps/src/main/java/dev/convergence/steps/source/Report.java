package dev.convergence.steps.source;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A report of a vendor's API for some days.
///
/// @param name as people say it
/// @param first the address of its first page
/// @param headers of every request; they hold the tenant's key
/// @param optional whether a vendor may not have it
record Report(String name, URI first, Map<String, String> headers, boolean optional) {

    URI page(String token) {
        return URI.create(first + "&page=" + URLEncoder.encode(token, StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return name;
    }
}
