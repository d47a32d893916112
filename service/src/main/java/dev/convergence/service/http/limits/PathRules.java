package dev.convergence.service.http.limits;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a path may hold: nothing that could mean another path to whoever reads it next.
final class PathRules {

    /// Whoever encodes twice hopes that somebody decodes twice.
    private static final int DECODINGS = 3;

    private PathRules() {}

    /// What is wrong with a path as it was sent, as a sentence; empty when nothing is.
    static Optional<String> fault(String rawPath) {
        String path = rawPath;
        for (int i = 0; i < DECODINGS; i++) {
            if (isHostile(path)) {
                return Optional.of(
                        "The path holds a NUL, '..', '//', ';' or a backslash, plain or encoded:"
                                + " leave it out.");
            }
            Optional<String> decoded = decode(path);
            if (decoded.isEmpty()) {
                return Optional.of("The path holds a broken percent-encoding: correct it.");
            }
            if (decoded.get().equals(path)) {
                return Optional.empty();
            }
            path = decoded.get();
        }
        return Optional.of("The path is percent-encoded more than once: encode it once.");
    }

    /// A NUL is no text: no store keeps it, and what follows it may be read as something else.
    static Optional<String> queryFault(@Nullable String rawQuery) {
        return rawQuery != null && (rawQuery.contains("%00") || rawQuery.indexOf('\0') >= 0)
                ? Optional.of("The query holds a NUL: leave it out.")
                : Optional.empty();
    }

    private static boolean isHostile(String path) {
        return path.indexOf('\0') >= 0
                || path.indexOf('\\') >= 0
                || path.indexOf(';') >= 0
                || path.contains("..")
                || path.contains("//");
    }

    private static Optional<String> decode(String path) {
        try {
            return Optional.of(URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException broken) {
            return Optional.empty();
        }
    }
}
