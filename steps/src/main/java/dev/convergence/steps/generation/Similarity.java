package dev.convergence.steps.generation;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.text.similarity.CosineSimilarity;

/// Compares texts by the runs of six characters that they share, which works in any language and
/// asks no model: a check that embeds on the local Ollama would need its turn there.
final class Similarity {

    private static final int RUN_LENGTH = 6;
    private static final CosineSimilarity COSINE = new CosineSimilarity();

    private Similarity() {}

    /// A text that was written before.
    record Earlier(String name, String text) {}

    static Likeness toNearest(String text, List<Earlier> earlier) {
        Map<CharSequence, Integer> runs = runs(text);
        Likeness nearest = Likeness.NONE;
        for (Earlier other : earlier) {
            double score = COSINE.cosineSimilarity(runs, runs(other.text()));
            if (score > nearest.score()) {
                nearest = new Likeness(Math.min(1, score), other.name());
            }
        }
        return nearest;
    }

    /// How often each run of characters comes; case, punctuation and line breaks do not count.
    private static Map<CharSequence, Integer> runs(String text) {
        String plain = text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
        Map<CharSequence, Integer> runs = new HashMap<>();
        if (!plain.isEmpty() && plain.length() < RUN_LENGTH) {
            runs.put(plain, 1);
        }
        for (int at = 0; at + RUN_LENGTH <= plain.length(); at++) {
            runs.merge(plain.substring(at, at + RUN_LENGTH), 1, Integer::sum);
        }
        return runs;
    }
}
