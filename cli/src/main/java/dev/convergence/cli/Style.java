package dev.convergence.cli;

import java.util.Map;
import java.util.Set;

/// Colours, where they are wanted: on a terminal, unless NO_COLOR is set.
record Style(boolean isColoured) {

    private static final Set<String> GOOD =
            Set.of("COMPLETED", "SUCCESS", "ACTIVE", "VALID", "DELIVERED", "FIRED", "PASS", "OK");
    private static final Set<String> BAD =
            Set.of("FAILED", "FAIL", "INVALID", "SUSPENDED", "EXHAUSTED", "EXPIRED");
    private static final Set<String> OPEN =
            Set.of("RUNNING", "PENDING", "QUEUED", "SCHEDULED", "WARNING", "WARN", "PAUSED");

    static Style of(Map<String, String> environment, boolean terminal) {
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            return new Style(false);
        }
        String forced = environment.getOrDefault("CLICOLOR_FORCE", "0");
        return new Style(terminal || !(forced.isEmpty() || forced.equals("0")));
    }

    /// The same text without what would move a cursor or colour a terminal.
    static String plain(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029\\u202a-\\u202e]", " ");
    }

    /// A cell's text in the colour of the state that it names.
    String state(String padded) {
        String word = padded.strip();
        if (GOOD.contains(word)) {
            return in("32", padded);
        }
        if (BAD.contains(word)) {
            return in("31", padded);
        }
        return OPEN.contains(word) ? in("33", padded) : padded;
    }

    String heading(String text) {
        return in("1", text);
    }

    String good(String text) {
        return in("32", text);
    }

    String bad(String text) {
        return in("31", text);
    }

    private String in(String colour, String text) {
        return isColoured ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
    }
}
