package dev.convergence.steps.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;

/// Tells from the first line of a file what stands between its values: commas, or what spreadsheets
/// of other languages write in their place.
final class Separator {

    static final char COMMA = ',';

    /// More letters than most headers have.
    private static final int LOOK = 8_000;

    private static final int FEWEST = 2;
    private static final List<Character> OTHERS = List.of(';', '\t', '|');

    private Separator() {}

    /// Another sign than a comma only when the first line has no comma, and that sign more than
    /// once.
    ///
    /// @param text supports marks; nothing is taken of it
    static char of(BufferedReader text) throws IOException {
        String names = outsideQuotes(firstLine(text));
        if (names.indexOf(COMMA) >= 0) {
            return COMMA;
        }
        return OTHERS.stream()
                .filter(sign -> count(names, sign) >= FEWEST)
                .findFirst()
                .orElse(COMMA);
    }

    private static long count(String names, char sign) {
        return names.chars().filter(letter -> letter == sign).count();
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
