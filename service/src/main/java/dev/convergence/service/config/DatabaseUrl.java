package dev.convergence.service.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/// Reads a database URL in the driver's spelling or in that of PostgreSQL's own programs.
final class DatabaseUrl {

    private static final String JDBC = "jdbc:postgresql:";
    private static final String EXPECTED =
            "Write postgresql://user:password@host:port/database or"
                    + " jdbc:postgresql://host:port/database?user=…&password=…";
    private static final Map<String, String> DRIVERS_WORD =
            Map.of(
                    "application_name", "ApplicationName",
                    "connect_timeout", "connectTimeout",
                    "channel_binding", "channelBinding");

    private DatabaseUrl() {}

    static DatabaseAddress parse(String text) {
        try {
            return text.startsWith(JDBC) ? ofDriver(text) : ofPrograms(text);
        } catch (IllegalArgumentException e) {
            throw new UnreadableValue(EXPECTED);
        }
    }

    private static DatabaseAddress ofDriver(String text) {
        String[] parts = text.split("\\?", 2);
        Map<String, String> parameters = parameters(parts);
        String user = parameters.remove("user");
        String password = parameters.remove("password");
        return address(parts[0], parameters, driverDecoded(user), driverDecoded(password));
    }

    private static DatabaseAddress ofPrograms(String text) {
        String[] parts = withoutScheme(text).split("\\?", 2);
        Map<String, String> parameters = parameters(parts);
        int at = parts[0].lastIndexOf('@');
        String[] entry = at < 0 ? new String[0] : parts[0].substring(0, at).split(":", 2);
        String user = entry.length > 0 ? entry[0] : parameters.get("user");
        String password = entry.length > 1 ? entry[1] : parameters.get("password");
        parameters.keySet().removeAll(Set.of("user", "password"));
        String[] place = parts[0].substring(at + 1).split("/", 2);
        String database = place.length > 1 && !place[1].isEmpty() ? place[1] : user;
        if (place[0].isEmpty() || database == null) {
            throw new UnreadableValue(EXPECTED);
        }
        String url = JDBC + "//" + place[0] + "/" + database;
        return address(url, parameters, decoded(user), decoded(password));
    }

    private static String withoutScheme(String text) {
        for (String scheme : new String[] {"postgresql://", "postgres://"}) {
            if (text.startsWith(scheme)) {
                return text.substring(scheme.length());
            }
        }
        throw new UnreadableValue(EXPECTED);
    }

    private static Map<String, String> parameters(String[] parts) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : parts.length < 2 ? new String[0] : parts[1].split("&")) {
            String[] sides = pair.split("=", 2);
            if (!pair.isEmpty()) {
                parameters.put(
                        DRIVERS_WORD.getOrDefault(sides[0], sides[0]),
                        sides.length > 1 ? sides[1] : "");
            }
        }
        return parameters;
    }

    private static DatabaseAddress address(
            String place,
            Map<String, String> parameters,
            @Nullable String user,
            @Nullable String password) {
        String query =
                parameters.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining("&"));
        String url = query.isEmpty() ? place : place + "?" + query;
        if (Driver.parseURL(url, null) == null) {
            throw new UnreadableValue(EXPECTED);
        }
        return new DatabaseAddress(url, user, password == null ? null : new Secret(password));
    }

    /// A plus stays a plus: it is a space only in the forms of web pages.
    private static @Nullable String decoded(@Nullable String text) {
        return text == null
                ? null
                : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /// As the driver itself does it, to which a plus is a space.
    private static @Nullable String driverDecoded(@Nullable String text) {
        return text == null ? null : URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
