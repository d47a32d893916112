package dev.convergence.steps.generation;

import java.util.Locale;

/// How complete a card is. One that cannot be read at all is no card.
enum Grade {
    GOOD,
    PARTIAL,
    INCOMPLETE;

    private static final int ALL = 5;
    private static final int MOST = 3;

    static Grade of(Card card) {
        long there = card.checks().values().stream().filter(check -> check).count();
        if (there == ALL) {
            return GOOD;
        }
        return there >= MOST ? PARTIAL : INCOMPLETE;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
