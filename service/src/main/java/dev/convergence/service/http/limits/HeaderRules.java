package dev.convergence.service.http.limits;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the headers of a request may weigh and hold.
final class HeaderRules {

    static final int SUM_MAX = 8192;
    static final int SINGLE_MAX = 4096;

    /// Script and SQL have no business in a header; only known event handlers count, so that a
    /// cookie named `online` passes.
    private static final Pattern HOSTILE =
            Pattern.compile(
                    "<script|javascript:|\\.\\./"
                            + "|\\bon(?:abort|animation\\w*|blur|change|click|copy|cut|dblclick"
                            + "|drag\\w*|drop|error|focus\\w*|hashchange|input|invalid|key\\w+"
                            + "|load\\w*|message|mouse\\w+|paste|pointer\\w+|resize|scroll|select"
                            + "|submit|toggle|touch\\w+|transition\\w*|unload|wheel)\\s*="
                            + "|;\\s*(?:drop|delete|insert|update|exec)\\b",
                    Pattern.CASE_INSENSITIVE);

    private HeaderRules() {}

    /// What is wrong with the headers, as a sentence; empty when nothing is.
    static Optional<String> fault(HttpServletRequest request) {
        int sum = 0;
        for (String name : Collections.list(request.getHeaderNames())) {
            for (String value : Collections.list(request.getHeaders(name))) {
                int size = size(name) + size(value);
                sum += size;
                if (size > SINGLE_MAX) {
                    return Optional.of(
                            "The header %s is larger than %d bytes: shorten it."
                                    .formatted(shown(name), SINGLE_MAX));
                }
                if (HOSTILE.matcher(value).find() || HOSTILE.matcher(name).find()) {
                    return Optional.of(
                            "The header %s holds script or SQL: send plain text."
                                    .formatted(shown(name)));
                }
            }
        }
        return sum > SUM_MAX
                ? Optional.of(
                        "The headers are larger than %d bytes in all: send less."
                                .formatted(SUM_MAX))
                : Optional.empty();
    }

    private static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String shown(String name) {
        return name.substring(0, Math.min(name.length(), 64));
    }
}
