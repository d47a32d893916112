package dev.convergence.steps.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Map;

/// Looks at the first line of a file for what stands between its values: only commas are read, and
/// whoever saved it with another sign is told so.
final class Separator {

    /// More letters than most headers have.
    private static final int LOOK = 8_000;

    private static final int FEWEST = 2;
    private static final Map<Character, String> OTHERS =
            Map.of(';', "semicolons", '\t', "tabs", '|', "bars");

    private Separator() {}

    /// @param text supports marks; nothing is taken of it
    /// @throws BadValue when the first line has no comma, and others in its place
    static void refuseOthers(BufferedReader text) throws IOException {
        String names = outsideQuotes(firstLine(text));
        if (names.indexOf(',') >= 0) {
            return;
        }
        OTHERS.forEach((sign, word) -> {
            if (names.chars().filter(letter -> letter == sign).count() >= FEWEST) {
                throw new BadValue("separates its values by " + word + "; save it with commas");
            }
        });
    }

    private static String firstLine(BufferedReader text) throws IOException {
        char[] start = new char[LOOK];
        text.mark(LOOK);
        int length = text.read(start, 0, LOOK);
        text.reset();
        return length <= 0 ? "" : new String(start, 0, length).lines().findFirst().orElse("");
    }

    private static String outsideQuotes(String line) {
        return line.replaceAll("\"[^\"]*\"?", "");
    }
}
