package dev.convergence.service.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/// Guesses what a misspelt name was meant to be: the known one with the fewest edits.
final class NearestName {

    private NearestName() {}

    /// Names are in capitals; one in small letters is that name, misspelt in its case only.
    static String of(String misspelt, Collection<String> known) {
        String capitals = misspelt.toUpperCase(Locale.ROOT);
        return known.stream()
                .min(
                        Comparator.comparingInt((String name) -> edits(capitals, name))
                                .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    /// Insertions, deletions and replacements between the two; one row of the table at a time.
    static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
