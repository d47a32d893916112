package dev.convergence.service.config;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// Readers of single values: a text in, the value out, or [UnreadableValue] with what to write.
final class Values {

    private static final int MASTER_KEY_BYTES = 32;
    private static final String POOL_NAME = "[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}";
    private static final String VISIBLE_ASCII = "[\\x21-\\x7e]+";

    private static final int DAYS_MAX = 36_500;

    private Values() {}

    static boolean truth(String text) {
        return oneOf(text, "true", "false").equals("true");
    }

    static boolean onOff(String text) {
        return oneOf(text, "on", "off").equals("on");
    }

    static boolean isJson(String text) {
        return oneOf(text, "text", "json").equals("json");
    }

    static String oneOf(String text, String... words) {
        String word = text.toLowerCase(Locale.ROOT);
        if (!List.of(words).contains(word)) {
            throw new UnreadableValue(
                    "\"" + text + "\" is not one of " + String.join(", ", words) + ".");
        }
        return word;
    }

    static Function<String, Integer> integer(int least, int most) {
        return text -> {
            try {
                int value = Integer.parseInt(text);
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // The sentence below says what is expected.
            }
            throw new UnreadableValue(
                    "\"" + text + "\" is not a whole number from " + least + " to " + most + ".");
        };
    }

    static Function<String, Duration> duration(Duration least, Duration most) {
        return text -> {
            try {
                Duration value = Duration.parse(text);
                if (value.compareTo(least) >= 0 && value.compareTo(most) <= 0) {
                    return value;
                }
            } catch (DateTimeParseException e) {
                // The sentence below says what is expected.
            }
            throw new UnreadableValue(
                    "\"%s\" is not an ISO 8601 duration from %s to %s, such as PT10S."
                            .formatted(text, least, most));
        };
    }

    /// Whole days, as a duration (`P90D`, `PT2160H`) or in weeks (`P12W`).
    static int days(String text) {
        try {
            Duration value =
                    text.toUpperCase(Locale.ROOT).endsWith("W")
                            ? Duration.ofDays(Period.parse(text).getDays())
                            : Duration.parse(text);
            if (value.equals(Duration.ofDays(value.toDays()))
                    && value.toDays() >= 1
                    && value.toDays() <= DAYS_MAX) {
                return (int) value.toDays();
            }
        } catch (DateTimeParseException e) {
            // The sentence below says what is expected.
        }
        throw new UnreadableValue(
                "\"%s\" is not an ISO 8601 duration of whole days from P1D to P%dD, such as P90D."
                        .formatted(text, DAYS_MAX));
    }

    static BigDecimal share(String text) {
        try {
            BigDecimal value = new BigDecimal(text);
            if (value.signum() >= 0 && value.compareTo(BigDecimal.ONE) <= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // The sentence below says what is expected.
        }
        throw new UnreadableValue("\"" + text + "\" is not a number from 0 to 1.");
    }

    static Path path(String text) {
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new UnreadableValue("\"" + text + "\" is not a path.");
        }
    }

    static URI webAddress(String text) {
        try {
            URI address = new URI(text);
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            if (List.of("http", "https").contains(scheme)
                    && address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // The sentence below says what is expected.
        }
        // The text is not repeated: somebody may have put a key into it.
        throw new UnreadableValue(
                "Write http:// or https://, a host and perhaps a path; no user, no query.");
    }

    static Secret secret(String text) {
        if (text.matches(VISIBLE_ASCII)) {
            return new Secret(text);
        }
        throw new UnreadableValue("A key has visible ASCII characters only, without spaces.");
    }

    static Secret masterKey(String text) {
        try {
            byte[] key = Base64.getDecoder().decode(text);
            if (key.length == MASTER_KEY_BYTES) {
                return new Secret(text);
            }
        } catch (IllegalArgumentException e) {
            // The sentence below says what is expected.
        }
        throw new UnreadableValue(
                "The key must be 32 random bytes in base64; make one with: openssl rand -base64"
                        + " 32");
    }

    static List<Secret> adminKeys(String text) {
        List<String> keys = commaList(text);
        if (keys.isEmpty() || !keys.stream().allMatch(key -> key.matches(VISIBLE_ASCII))) {
            throw new UnreadableValue(
                    "Write one key, or several separated by commas, of visible ASCII characters"
                            + " without spaces.");
        }
        return keys.stream().map(Secret::new).toList();
    }

    static Map<String, Integer> pools(String text) {
        Map<String, Integer> pools = new TreeMap<>();
        for (String pool : commaList(text)) {
            String[] parts = pool.split("=", -1);
            if (parts.length != 2 || !parts[0].matches(POOL_NAME)) {
                throw new UnreadableValue("\"" + pool + "\" is not of the form name=capacity.");
            }
            if (pools.put(parts[0], integer(1, 10_000).apply(parts[1])) != null) {
                throw new UnreadableValue("The pool " + parts[0] + " is named twice.");
            }
        }
        return Map.copyOf(pools);
    }

    static List<String> commaList(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }
}
