package dev.convergence.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Paths of the API with what a person typed in them.
final class Route {

    static final String API = "/api/v1";

    private Route() {}

    /// The pattern with each `{}` replaced by the next value, safe for a path.
    static String of(String pattern, String... values) {
        StringBuilder path = new StringBuilder(API);
        int from = 0;
        for (String value : values) {
            int mark = pattern.indexOf("{}", from);
            path.append(pattern, from, mark).append(encoded(value));
            from = mark + 2;
        }
        return path.append(pattern.substring(from)).toString();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
