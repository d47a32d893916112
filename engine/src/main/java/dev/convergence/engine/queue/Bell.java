package dev.convergence.engine.queue;

import dev.convergence.engine.sql.Database;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Tells workers, here and on other nodes, that there is something to look at.
///
/// A notification takes a lock over the whole database at commit, so there is never one per job: a
/// node collects its rings and sends at most one per pause. Nothing depends on it; workers poll,
/// too.
public final class Bell {

    public static final String CHANNEL = "convergence";

    private final Database database;
    private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean pending = new AtomicBoolean();
    private volatile Consumer<Bell> onPending = _ -> {};

    public Bell(Database database) {
        this.database = database;
    }

    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    /// Who calls [#send] soon after the first ring; without one, only this node hears.
    public void sendSoonBy(Consumer<Bell> sender) {
        onPending = sender;
    }

    public void ring() {
        heard();
        if (!pending.getAndSet(true)) {
            onPending.accept(this);
        }
    }

    /// Wakes this node's listeners only.
    public void heard() {
        listeners.forEach(Runnable::run);
    }

    private static final String NOTIFY = "SELECT pg_notify(:channel, '')";

    /// Tells the other nodes when something happened since the last time.
    ///
    /// @return true when something was sent
    public boolean send() {
        boolean rung = pending.getAndSet(false);
        if (rung) {
            database.read(handle ->
                    handle.createQuery(NOTIFY).bind("channel", CHANNEL).mapTo(String.class).one());
        }
        return rung;
    }
}
