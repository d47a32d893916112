package dev.convergence.engine.loop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a duty in a thread of its own until it is closed; an error is logged, and the loop goes on.
public final class Loop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final Duration STOP_MAX = Duration.ofSeconds(5);

    private final String name;
    private final Duty duty;
    private final InstantSource clock;
    private final Waiter waiter = new Waiter();
    private final Thread thread;
    private Function<Instant, Duration> pause;
    private Duration restMin = Duration.ZERO;
    private Duration restMax = Duration.ZERO;
    private volatile boolean closed;

    public Loop(String name, Duration pause, InstantSource clock, Duty duty) {
        this.name = name;
        this.duty = duty;
        this.pause = _ -> pause;
        this.clock = clock;
        thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::run);
    }

    /// Rests after work, so that what comes meanwhile is done together: shortly while work is rare,
    /// twice as long each time that there was more after the rest.
    public Loop resting(Duration atLeast, Duration atMost) {
        restMin = atLeast;
        restMax = atMost;
        return this;
    }

    /// Pauses for as long as is right at the time, rather than always the same.
    public Loop pausing(Function<Instant, Duration> adapted) {
        pause = adapted;
        return this;
    }

    public Loop start() {
        thread.start();
        return this;
    }

    public boolean is(String other) {
        return name.equals(other);
    }

    /// Ends the present pause, or skips the next one.
    public void wake() {
        waiter.wake();
    }

    private void run() {
        Duration rest = restMin;
        try {
            while (!closed) {
                if (runOnce()) {
                    new Waiter().await(rest);
                    rest = longer(rest);
                } else {
                    rest = restMin;
                    waiter.await(pause.apply(clock.instant()));
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration longer(Duration rest) {
        Duration twice = rest.multipliedBy(2);
        return twice.compareTo(restMax) < 0 ? twice : restMax;
    }

    private boolean runOnce() {
        try {
            return duty.runOnce(clock.instant());
        } catch (RuntimeException | Error failure) {
            LOG.warn("{} failed and will be tried again", name, failure);
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        waiter.wake();
        try {
            thread.join(STOP_MAX);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
