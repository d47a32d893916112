package dev.convergence.engine;

import dev.convergence.engine.event.WakeUp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/// How long a worker rests before it looks although nobody rang.
///
/// Where rings arrive, as long as configured. Where they do not, a tenth of the time in which
/// nothing was found: much is looked for while there is much, and a quiet node costs what it always
/// costs. A pause moves by a quarter, so that nodes do not come all at once.
///
/// @param configured the pause of an idle worker
/// @param dice numbers from 0 (inclusive) to 1
record PollPace(
        Duration configured,
        Supplier<Optional<WakeUp>> mode,
        Supplier<Instant> lastFound,
        DoubleSupplier dice) {

    static final Duration SHORTEST = Duration.ofMillis(100);
    private static final int SHARE = 10;
    private static final double JITTER = 0.25;

    Duration pause(Instant now) {
        return mode.get().filter(WakeUp.POLL::equals).isEmpty()
                ? configured
                : jittered(adapted(now));
    }

    private Duration adapted(Instant now) {
        Duration share = Duration.between(lastFound.get(), now).dividedBy(SHARE);
        Duration atLeast = share.compareTo(SHORTEST) < 0 ? SHORTEST : share;
        return atLeast.compareTo(configured) < 0 ? atLeast : configured;
    }

    private Duration jittered(Duration pause) {
        double factor = 1 + JITTER * (2 * dice.getAsDouble() - 1);
        return Duration.ofNanos((long) (pause.toNanos() * factor));
    }
}
