package dev.convergence.engine.queue;

import dev.convergence.engine.id.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Where a node's claims may begin to look: behind what they have already taken.
///
/// Deleted tickets and old versions of lanes stay in their indexes until vacuum takes them, and as
/// long as anybody holds an old snapshot it may not. Looking from the start would read all of them
/// again at every claim.
///
/// A floor is a hint, never the truth. Places are given out before they are committed, so a ticket
/// may appear below: a floor is used only when it is [#LAG] old, and now and then a claim looks
/// from the start, less often the dearer that is; so does one that met nobody. A lane is never
/// taken for empty by a claim that used a floor.
final class Floors {

    /// How late a ticket or a lane may appear and still be found without looking from the start.
    private static final Duration LAG = Duration.ofMillis(100);

    private static final Duration FROM_THE_START = Duration.ofSeconds(1);

    /// A lane from which a claim takes less has few dead tickets: not worth a floor.
    static final int STARTS_MIN = 50;

    private static final int LANES_MAX = 64;

    /// @param priority the level of the last ticket taken
    /// @param position its place in the level
    record Floor(TenantId tenant, int priority, long position) {}

    /// A mark that becomes usable when it has aged.
    private record Mark<T>(T value, long nanos) {}

    private static final class Lane {
        private Floor usable = NOWHERE;
        private Mark<Floor> young;

        Lane(long nanos) {
            young = new Mark<>(NOWHERE, nanos);
        }
    }

    static final long RING_START = Long.MIN_VALUE;
    private static final Floor NOWHERE = new Floor(new TenantId("nobody"), -1, 0);

    private final LongSupplier nanoTime;
    private final Map<TenantId, Lane> lanes = new HashMap<>();
    private long usableRing = RING_START;
    private Mark<Long> youngRing;
    private final LooksFromTheStart looks;
    private boolean isOwed;

    Floors(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        looks = new LooksFromTheStart(nanoTime, FROM_THE_START);
        youngRing = new Mark<>(RING_START, nanoTime.getAsLong());
    }

    /// Whether the next look is to be from the start.
    synchronized boolean isFromTheStart() {
        return looks.isDue(FROM_THE_START) || (isOwed && looks.isAffordable());
    }

    /// Whether a claim that met nobody may look from the start now; if not, it is owed a look.
    synchronized boolean mayLookFromTheStart() {
        isOwed = !looks.isAffordable();
        return !isOwed;
    }

    /// How long until the look that is owed can be afforded; empty when none is.
    synchronized Optional<Duration> untilOwedLook() {
        return isOwed ? Optional.of(looks.untilAffordable()) : Optional.empty();
    }

    synchronized void lookedFromTheStart(long tookNanos) {
        looks.took(tookNanos);
        isOwed = false;
    }

    /// It is known without a look that nobody is there.
    synchronized void noLookIsOwed() {
        isOwed = false;
    }

    /// A virtual time that no claimable lane is before.
    synchronized long ring() {
        return usableRing;
    }

    synchronized List<Floor> lanes() {
        List<Floor> floors = new ArrayList<>();
        for (Lane lane : lanes.values()) {
            if (isAged(lane.young)) {
                lane.usable = lane.young.value();
            }
            if (lane.usable != NOWHERE) {
                floors.add(lane.usable);
            }
        }
        return floors;
    }

    /// A lane that somebody holds for a moment is not seen; so the lowest that was seen in a while
    /// counts.
    ///
    /// @param virtualTime the lowest of the lanes that a claim met
    synchronized void ringSeen(long virtualTime) {
        if (virtualTime < usableRing) {
            usableRing = virtualTime;
        }
        if (isAged(youngRing)) {
            usableRing = youngRing.value();
            youngRing = new Mark<>(virtualTime, nanoTime.getAsLong());
        } else {
            youngRing = new Mark<>(Math.min(youngRing.value(), virtualTime), youngRing.nanos());
        }
    }

    /// @param last the place of the last ticket that a claim took from a lane
    synchronized void taken(Floor last) {
        Lane lane = lanes.get(last.tenant());
        if (lane == null && lanes.size() < LANES_MAX) {
            lane = new Lane(nanoTime.getAsLong());
            lanes.put(last.tenant(), lane);
        }
        if (lane != null && isAged(lane.young)) {
            lane.usable = lane.young.value();
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
