package dev.convergence.engine;

import dev.convergence.engine.event.EngineEvent.ListenerModeChanged;
import dev.convergence.engine.event.Events;
import dev.convergence.engine.event.WakeUp;
import dev.convergence.engine.loop.Duty;
import dev.convergence.engine.queue.Bell;
import dev.convergence.engine.recovery.Presence;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears other nodes' rings on a connection of its own; opens another when that one breaks. The
/// same connection shows others that this process lives.
///
/// A pooler of transactions takes LISTEN and never delivers anything, without an error. So this
/// also rings for itself, with a token, and finds out whether it hears that.
final class Listener implements Duty, AutoCloseable {

    static final Duration SILENCE_MAX = Duration.ofSeconds(30);
    static final Duration ANSWER_MAX = Duration.ofSeconds(3);
    static final Duration NEXT_TRY = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    /// How long it reads from the socket, which sends nothing: short, because a node that stops
    /// waits for the end of it.
    private static final int WAIT_MILLIS = 500;

    private final DataSource source;
    private final Bell bell;
    private final Presence presence;
    private final Events events;
    private final String token = UUID.randomUUID().toString();
    private @Nullable Connection connection;
    private @Nullable Instant askedAt;
    private Instant heardAt = Instant.EPOCH;
    private volatile @Nullable WakeUp mode;

    Listener(DataSource source, Bell bell, Presence presence, Events events) {
        this.source = source;
        this.bell = bell;
        this.presence = presence;
        this.events = events;
    }

    /// Empty until it is known.
    Optional<WakeUp> mode() {
        return Optional.ofNullable(mode);
    }

    @Override
    public boolean runOnce(Instant now) {
        try {
            if (mode == WakeUp.POLL && isOver(NEXT_TRY, askedAt, now)) {
                close();
            }
            if (hears(open(now))) {
                heardAt = now;
                askedAt = null;
                presence.show(true);
                change(WakeUp.NOTIFY);
            } else {
                doubt(now);
            }
            return true;
        } catch (SQLException broken) {
            close();
            throw new IllegalStateException("The listening connection broke", broken);
        }
    }

    private Connection open(Instant now) throws SQLException {
        Connection present = connection;
        if (present == null) {
            present = source.getConnection();
            connection = present;
            try (Statement statement = present.createStatement()) {
                statement.execute("LISTEN " + Bell.CHANNEL);
            }
            presence.take(present);
            ask(now);
        }
        return present;
    }

    private void ask(Instant now) {
        askedAt = now;
        bell.test(token);
    }

    /// Whether anything was heard; only a ring wakes somebody, a token of any node does not.
    private boolean hears(Connection open) throws SQLException {
        PGNotification[] heard = open.unwrap(PGConnection.class).getNotifications(WAIT_MILLIS);
        if (Stream.of(heard).anyMatch(one -> one.getParameter().isEmpty())) {
            bell.heard();
        }
        return heard.length > 0;
    }

    private void doubt(Instant now) {
        if (askedAt == null && isOver(SILENCE_MAX, heardAt, now)) {
            ask(now);
        } else if (isOver(ANSWER_MAX, askedAt, now)) {
            presence.show(false);
            change(WakeUp.POLL);
        }
    }

    private static boolean isOver(Duration time, @Nullable Instant since, Instant now) {
        return since != null && !now.isBefore(since.plus(time));
    }

    private void change(WakeUp found) {
        if (mode == found) {
            return;
        }
        if (found == WakeUp.POLL) {
            LOG.warn(
                    "Notifications do not arrive, as behind a pooler of transactions: workers look"
                            + " for work more often instead. Tried again each minute.");
        } else if (mode == WakeUp.POLL) {
            LOG.info("Notifications arrive again.");
        }
        mode = found;
        events.publish(new ListenerModeChanged(found));
    }

    /// Whoever gets the connection from the pool next must not collect what is sent to this one.
    @Override
    public void close() {
        Connection present = connection;
        connection = null;
        askedAt = null;
        if (present != null) {
            try (present;
                    Statement statement = present.createStatement()) {
                presence.giveBack(present);
                statement.execute("UNLISTEN *");
            } catch (SQLException gone) {
                // It was to be closed; it is.
            }
        }
    }
}
