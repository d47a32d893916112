package dev.convergence.service.config;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The web origins that browsers may call from: a JSON array or a comma list of `scheme://host`.
final class Origins {

    private Origins() {}

    static List<String> parse(String text) {
        List<String> origins = text.startsWith("[") ? jsonArray(text) : Values.commaList(text);
        origins.forEach(Origins::check);
        return origins;
    }

    private static List<String> jsonArray(String text) {
        try {
            return Stream.of(JsonMapper.shared().readValue(text, String[].class)).toList();
        } catch (JacksonException e) {
            throw new UnreadableValue("\"" + text + "\" is not a JSON array of texts.");
        }
    }

    private static void check(String origin) {
        if (!origin.equals("*") && !isOrigin(origin)) {
            throw new UnreadableValue(
                    "\""
                            + origin
                            + "\" is not an origin; write scheme://host or scheme://host:port, such"
                            + " as https://console.example.com.");
        }
    }

    private static boolean isOrigin(String origin) {
        try {
            URI uri = URI.create(origin);
            return uri.getHost() != null
                    && List.of("http", "https").contains(uri.getScheme())
                    && origin.equals(uri.getScheme() + "://" + uri.getAuthority())
                    && uri.getUserInfo() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
