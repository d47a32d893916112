package dev.convergence.engine.queue;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Tells workers, here and on other nodes, that there is something to look at.
///
/// A notification takes a lock over the whole database at commit, so there is never one per job: a
/// node collects its rings, puts the lanes they are for into the ring, and sends one notification
/// for all. Nothing depends on it; workers poll, too.
public final class Bell {

    public static final String CHANNEL = "convergence";

    /// So many lanes are locked at once, so that claims find others meanwhile.
    private static final int LANES_MAX = 500;

    private static final Duration RINGING = Duration.ofMillis(2);

    private final Database database;
    private final Floors floors;
    private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Set<TenantId> tenants = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean pending = new AtomicBoolean();
    private final ReentrantLock sending = new ReentrantLock();
    private final LongSupplier nanoTime;
    private volatile Consumer<Bell> onPending = Bell::sendForAll;
    private volatile long rangAt;

    public Bell(Database database) {
        this(database, System::nanoTime);
    }

    Bell(Database database, LongSupplier nanoTime) {
        this.database = database;
        this.nanoTime = nanoTime;
        floors = new Floors(nanoTime);
        rangAt = nanoTime.getAsLong() - RINGING.toNanos();
    }

    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    public void unlisten(Runnable listener) {
        listeners.remove(listener);
    }

    /// Who calls [#send] soon after the first ring; without one, whoever rings does it himself.
    public void sendSoonBy(Consumer<Bell> sender) {
        onPending = sender;
    }

    /// Whether the last ring is so fresh that the next is sent together with others: whoever puts a
    /// job in then leaves the waking to it.
    boolean isRinging() {
        return pending.get() || nanoTime.getAsLong() - rangAt < RINGING.toNanos();
    }

    /// All have heard of a ticket already, in its own transaction.
    void rangWithTicket() {
        rangAt = nanoTime.getAsLong();
        heard();
    }

    /// Rings for lanes that got tickets, once these are committed.
    void ring(Collection<TenantId> withTickets) {
        tenants.addAll(withTickets);
        ring();
    }

    public void ring() {
        rangAt = nanoTime.getAsLong();
        pending.set(true);
        onPending.accept(this);
    }

    /// Wakes this node's listeners only.
    public void heard() {
        listeners.forEach(Runnable::run);
    }

    /// Sends a token that a listener wants to hear; it wakes nobody.
    ///
    /// @param token not empty: a ring carries nothing
    public void test(String token) {
        database.transact(handle -> LaneStore.notify(handle, CHANNEL, token));
    }

    /// Activates the lanes that were rung for and tells all nodes, when there was a ring since the
    /// last time.
    ///
    /// @return true when something was sent
    public boolean send() {
        boolean rung = pending.getAndSet(false);
        if (rung) {
            List<TenantId> lanes = new ArrayList<>(tenants);
            lanes.forEach(tenants::remove);
            try {
                send(lanes);
            } catch (RuntimeException failure) {
                tenants.addAll(lanes);
                pending.set(true);
                throw failure;
            }
        }
        return rung;
    }

    private void send(List<TenantId> lanes) {
        int from = 0;
        for (; from + LANES_MAX < lanes.size(); from += LANES_MAX) {
            activate(lanes.subList(from, from + LANES_MAX));
        }
        List<TenantId> last = lanes.subList(from, lanes.size());
        long floor = floors.ring();
        database.read(handle -> {
            LaneStore.activateAndNotify(handle, last, floor, CHANNEL);
            return last.size();
        });
        heard();
    }

    /// Whoever finds nobody sending sends for all who ring meanwhile.
    private void sendForAll() {
        while (pending.get() && sending.tryLock()) {
            try {
                send();
            } finally {
                sending.unlock();
            }
        }
    }

    void activate(Collection<TenantId> lanes) {
        long floor = floors.ring();
        database.read(handle -> {
            LaneStore.activate(handle, lanes, floor);
            return lanes.size();
        });
    }

    Floors floors() {
        return floors;
    }
}
