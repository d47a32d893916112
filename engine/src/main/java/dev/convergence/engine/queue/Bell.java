package dev.convergence.engine.queue;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Database;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Tells workers, here and on other nodes, that there is something to look at.
///
/// A notification takes a lock over the whole database at commit, so there is never one per job: a
/// node collects its rings, puts the lanes they are for into the ring, and sends one notification
/// for all. Nothing depends on it; workers poll, too.
public final class Bell {

    public static final String CHANNEL = "convergence";

    /// So many lanes are locked at once, so that claims find others meanwhile.
    private static final int LANES_MAX = 500;

    private final Database database;
    private final Floors floors;
    private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Set<TenantId> tenants = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean pending = new AtomicBoolean();
    private volatile Consumer<Bell> onPending = Bell::send;

    public Bell(Database database) {
        this(database, new Floors(System::nanoTime));
    }

    Bell(Database database, Floors floors) {
        this.database = database;
        this.floors = floors;
    }

    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    /// Who calls [#send] soon after the first ring; without one, whoever rings does it himself.
    public void sendSoonBy(Consumer<Bell> sender) {
        onPending = sender;
    }

    /// Rings for lanes that got tickets, once these are committed.
    void ring(Collection<TenantId> withTickets) {
        tenants.addAll(withTickets);
        ring();
    }

    public void ring() {
        if (!pending.getAndSet(true)) {
            onPending.accept(this);
        }
    }

    /// Wakes this node's listeners only.
    public void heard() {
        listeners.forEach(Runnable::run);
    }

    private static final String NOTIFY = "SELECT pg_notify(:channel, '')";

    /// Activates the lanes that were rung for and tells all nodes, when there was a ring since the
    /// last time.
    ///
    /// @return true when something was sent
    public boolean send() {
        boolean rung = pending.getAndSet(false);
        if (rung) {
            List<TenantId> lanes = new ArrayList<>(tenants);
            lanes.forEach(tenants::remove);
            for (int from = 0; from < lanes.size(); from += LANES_MAX) {
                activate(lanes.subList(from, Math.min(lanes.size(), from + LANES_MAX)));
            }
            heard();
            database.read(handle ->
                    handle.createQuery(NOTIFY).bind("channel", CHANNEL).mapTo(String.class).one());
        }
        return rung;
    }

    void activate(Collection<TenantId> lanes) {
        long floor = floors.ring();
        database.transact(handle -> LaneStore.activate(handle, lanes, floor));
    }

    Floors floors() {
        return floors;
    }
}
