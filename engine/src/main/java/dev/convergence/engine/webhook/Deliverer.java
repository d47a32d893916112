package dev.convergence.engine.webhook;

import dev.convergence.engine.courier.Courier;
import dev.convergence.engine.courier.Courier.Reply;
import dev.convergence.engine.credential.Vault;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.event.Events;
import dev.convergence.engine.loop.Duty;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.webhook.Delivery.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends what is due, at least once each: several nodes share the work, and what a dying one had is
/// sent again by another.
public final class Deliverer implements Duty, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Deliverer.class);

    /// How long a node has one to itself. Longer than any attempt takes; else it is sent twice.
    private static final Duration CLAIM = Duration.ofSeconds(60);

    private static final Duration LAST_WORDS = Duration.ofSeconds(3);
    private static final int ERROR_CHARACTERS_MAX = 500;

    private final Database database;
    private final Mailbag bag;
    private final Wiring wiring;
    private final InFlight inFlight = new InFlight();
    private volatile Runnable freed = () -> {};
    private volatile boolean hasWaiting;
    private volatile boolean isStopping;
    private volatile boolean isClosed;

    /// What a deliverer runs on.
    ///
    /// @param threads where attempts run; they wait for strangers
    /// @param random from 0 to 1, for pauses
    /// @param userAgent product and version
    public record Wiring(
            InstantSource clock,
            ExecutorService threads,
            Events events,
            DoubleSupplier random,
            String userAgent) {}

    /// Of webhooks.
    public Deliverer(Database database, Vault vault, Courier courier, Wiring wiring) {
        this(database, new WebhookBag(vault, courier, wiring.userAgent()), wiring);
    }

    public Deliverer(Database database, Mailbag bag, Wiring wiring) {
        this.database = database;
        this.bag = bag;
        this.wiring = wiring;
    }

    /// Calls somebody who lets this run again, because a receiver that was busy is free.
    public void onFreed(Runnable listener) {
        freed = listener;
    }

    @Override
    public boolean runOnce(Instant now) {
        if (isStopping) {
            return false;
        }
        List<Mailbag.Due> due = database.read(handle -> bag.due(handle, now));
        Map<UUID, Integer> shares = inFlight.shares(due);
        hasWaiting = !due.isEmpty();
        if (shares.isEmpty()) {
            return false;
        }
        List<? extends Parcel> taken =
                database.inTransaction(h -> bag.take(h, shares, now.plus(CLAIM), now));
        taken.forEach(inFlight::began);
        taken.forEach(parcel -> wiring.threads().execute(() -> send(parcel)));
        return !taken.isEmpty();
    }

    private void send(Parcel parcel) {
        try {
            attempt(parcel);
        } catch (RuntimeException failure) {
            LOG.warn("Delivery {} is left to its claim's end", parcel.delivery(), failure);
        } finally {
            inFlight.ended(parcel);
            if (hasWaiting) {
                freed.run();
            }
        }
    }

    private void attempt(Parcel parcel) {
        Instant began = wiring.clock().instant();
        Reply reply = carry(parcel, began);
        Instant now = wiring.clock().instant();
        if (!isClosed) {
            end(parcel, reply, began, now);
        }
    }

    private static Reply carry(Parcel parcel, Instant now) {
        try {
            return parcel.carry(now);
        } catch (EngineException refusal) {
            LOG.warn("Delivery {} could not be sent: {}", parcel.delivery(), refusal.getMessage());
            return new Reply.Unreachable(String.valueOf(refusal.getMessage()));
        } catch (RuntimeException failure) {
            LOG.warn("Delivery {} could not be sent", parcel.delivery(), failure);
            return new Reply.Unreachable("It could not be sent from here.");
        }
    }

    private void end(Parcel parcel, Reply reply, Instant began, Instant now) {
        DeliveryAttempt attempt = attempt(parcel, reply, Duration.between(began, now), began);
        State state = state(attempt, parcel.isFutile(attempt) || parcel.isLast());
        Instant next = state == State.PENDING ? now.plus(pause(parcel, reply, now)) : null;
        boolean isOurs =
                database.inTransaction(handle -> parcel.end(handle, state, attempt, next, now));
        if (isOurs) {
            Duration delay = Duration.between(parcel.createdAt(), now);
            wiring.events().publish(parcel.sent(state, attempt.duration(), delay));
        }
    }

    private static State state(DeliveryAttempt attempt, boolean isLast) {
        if (attempt.error() == null) {
            return State.DELIVERED;
        }
        return isLast ? State.FAILED : State.PENDING;
    }

    private Duration pause(Parcel parcel, Reply reply, Instant now) {
        Duration pause = Pauses.after(parcel.attempts() + 1, wiring.random().getAsDouble());
        String asked = reply instanceof Reply.Answered answer ? answer.retryAfter() : null;
        return Pauses.atLeast(pause, asked, now);
    }

    private static DeliveryAttempt attempt(
            Parcel parcel, Reply reply, Duration took, Instant began) {
        int number = parcel.attempts() + 1;
        return switch (reply) {
            case Reply.Answered answer ->
                    new DeliveryAttempt(
                            number,
                            began,
                            took,
                            answer.status(),
                            error(answer.status()),
                            answer.excerpt());
            case Reply.Unreachable nobody ->
                    new DeliveryAttempt(number, began, took, null, cut(nobody.error()), null);
        };
    }

    private static @Nullable String error(int status) {
        return switch (status / 100) {
            case 2 -> null;
            case 3 -> "The receiver redirects (" + status + "); redirects are not followed.";
            default -> "The receiver answered with the status " + status + ".";
        };
    }

    private static String cut(String error) {
        return error.length() <= ERROR_CHARACTERS_MAX
                ? error
                : error.substring(0, ERROR_CHARACTERS_MAX);
    }

    /// What is under way may end for a moment; what does not, is sent again by somebody else.
    @Override
    public void close() throws InterruptedException {
        isStopping = true;
        wiring.threads().shutdown();
        wiring.threads().awaitTermination(LAST_WORDS.toSeconds(), TimeUnit.SECONDS);
        isClosed = true;
        wiring.threads().shutdownNow();
    }
}
