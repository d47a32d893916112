package dev.convergence.steps.generation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How much a text resembles the earlier one that it resembles most.
///
/// @param nearest what that one is called; null when there is none
record Likeness(double score, @Nullable String nearest) {

    static final Likeness NONE = new Likeness(0, null);

    private static final double MEDIUM_FROM = 0.4;
    private static final double HIGH_FROM = 0.7;
    private static final int SHOWN_PLACES = 4;

    /// What a score means.
    enum Level {
        LOW,
        MEDIUM,
        HIGH
    }

    Level level() {
        if (score >= HIGH_FROM) {
            return Level.HIGH;
        }
        return score >= MEDIUM_FROM ? Level.MEDIUM : Level.LOW;
    }

    Map<String, Object> facts(String nearestName) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put(
                "similarity_score",
                BigDecimal.valueOf(score).setScale(SHOWN_PLACES, RoundingMode.HALF_UP));
        facts.put("level", level().name());
        facts.put(nearestName, nearest);
        return facts;
    }
}
