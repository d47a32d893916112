package dev.convergence.engine.queue;

import dev.convergence.engine.id.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/// Where a node's claims may begin to look: behind what they have already taken.
///
/// Deleted tickets and old versions of lanes stay in their indexes until vacuum takes them, and as
/// long as anybody holds an old snapshot it may not. Looking from the start would read all of them
/// again at every claim.
///
/// A floor is a hint, never the truth. Places are given out before they are committed, so a ticket
/// may appear below: a floor is used only when it is [#LAG] old, and now and then a claim looks
/// from the start, less often the longer that took. A lane is never taken for empty by a claim that
/// used a floor.
final class Floors {

    /// How late a ticket or a lane may appear and still be found without looking from the start.
    private static final Duration LAG = Duration.ofMillis(100);

    private static final Duration FROM_THE_START = Duration.ofSeconds(1);

    /// Looking from the start takes at most this share of the time.
    private static final int COST_SHARE = 20;

    /// Lanes with few starts have few dead tickets: not worth a floor.
    private static final int STARTS_MIN = 1_000;

    private static final int LANES_MAX = 64;

    /// @param priority the level of the last ticket taken
    /// @param position its place in the level
    record Floor(TenantId tenant, int priority, long position) {}

    /// A mark that becomes usable when it has aged.
    private record Mark<T>(T value, long nanos) {}

    private static final class Lane {
        private int starts;
        private Mark<Floor> usable = new Mark<>(NOWHERE, 0);
        private Mark<Floor> young = new Mark<>(NOWHERE, 0);
    }

    static final long RING_START = Long.MIN_VALUE;
    private static final Floor NOWHERE = new Floor(new TenantId("nobody"), -1, 0);

    private final LongSupplier nanoTime;
    private final Map<TenantId, Lane> lanes = new HashMap<>();
    private Mark<Long> usableRing = new Mark<>(RING_START, 0);
    private Mark<Long> youngRing = new Mark<>(RING_START, 0);
    private long nextFromTheStart;

    Floors(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        nextFromTheStart = nanoTime.getAsLong();
    }

    /// Whether the next look is to be from the start.
    synchronized boolean isFromTheStart() {
        return nanoTime.getAsLong() - nextFromTheStart >= 0;
    }

    synchronized void lookedFromTheStart(long tookNanos) {
        nextFromTheStart =
                nanoTime.getAsLong() + Math.max(FROM_THE_START.toNanos(), COST_SHARE * tookNanos);
    }

    /// A virtual time that no claimable lane is before.
    synchronized long ring() {
        return usableRing.value();
    }

    synchronized List<Floor> lanes() {
        List<Floor> floors = new ArrayList<>();
        for (Lane lane : lanes.values()) {
            if (isAged(lane.young)) {
                lane.usable = lane.young;
            }
            if (lane.usable.value() != NOWHERE) {
                floors.add(lane.usable.value());
            }
        }
        return floors;
    }

    /// A lane that somebody holds for a moment is not seen; so the lowest that was seen in a while
    /// counts.
    ///
    /// @param virtualTime the lowest of the lanes that a claim met
    synchronized void ringSeen(long virtualTime) {
        if (isAged(youngRing)) {
            usableRing = youngRing;
            youngRing = new Mark<>(virtualTime, nanoTime.getAsLong());
        } else {
            youngRing = new Mark<>(Math.min(youngRing.value(), virtualTime), youngRing.nanos());
        }
    }

    /// No lane was met from the floor on: the next claim looks at the whole ring.
    synchronized void forgetRing() {
        usableRing = new Mark<>(RING_START, 0);
        youngRing = new Mark<>(RING_START, nanoTime.getAsLong());
    }

    /// @param starts how many jobs of the lane a claim started
    /// @param last the last ticket it took
    synchronized void taken(TenantId tenant, int starts, Floor last) {
        if (lanes.size() >= LANES_MAX && !lanes.containsKey(tenant)) {
            lanes.values().removeIf(lane -> lane.usable.value() == NOWHERE);
            if (lanes.size() >= LANES_MAX) {
                return;
            }
        }
        Lane lane = lanes.computeIfAbsent(tenant, _ -> new Lane());
        lane.starts = Math.min(STARTS_MIN, lane.starts + starts);
        if (lane.starts == STARTS_MIN && isAged(lane.young)) {
            lane.usable = lane.young;
            lane.young = new Mark<>(last, nanoTime.getAsLong());
        }
    }

    /// Tickets may be before a lane's floor: it was emptied, or old ones came back.
    synchronized void forget(TenantId tenant) {
        lanes.remove(tenant);
    }

    private boolean isAged(Mark<?> mark) {
        return nanoTime.getAsLong() - mark.nanos() >= LAG.toNanos();
    }
}
