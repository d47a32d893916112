package dev.convergence.engine.schedule;

import dev.convergence.engine.id.ConfigId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a due config's place in its schedule moves.
///
/// @param nextFire when it fires next
/// @param nominalAt the instant for which it does
/// @param fired how many of its instants fired just now
/// @param end why it is switched off for good; null when it goes on
/// @param isOff whether it is switched off, for good or until somebody looks
record Advance(
        ConfigId config,
        Instant nextFire,
        Instant nominalAt,
        int fired,
        @Nullable String end,
        boolean isOff) {

    static Advance of(DueConfig config, Reckoning reckoning, int fired, Instant now) {
        Instant nominal = reckoning.nextAt() == null ? now : reckoning.nextAt();
        String end = reckoning.end();
        Integer most = config.policy().maxRuns();
        if (end == null && most != null && config.cursor().firedRuns() + fired >= most) {
            end = "It has had all of its " + most + " runs.";
        }
        return new Advance(
                config.id(),
                nominal.plus(config.spread()),
                nominal,
                fired,
                config.failure() == null ? end : null,
                end != null || config.failure() != null);
    }
}
