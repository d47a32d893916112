package dev.convergence.service.http.live;

import dev.convergence.api.live.InstantsEvent;
import dev.convergence.engine.backfill.Backfill;
import dev.convergence.engine.backfill.Backfill.Counts;
import dev.convergence.engine.backfill.BackfillInstant;
import dev.convergence.engine.backfill.Backfills;
import dev.convergence.engine.id.BackfillId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.service.http.backfill.BackfillWords;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One backfill: how far it has come, and each of its instants that has moved, until its end.
///
/// An event's id is how many moves its instants have made. A client that was cut off and has missed
/// one is told anew of all instants that do not wait; one that has missed none, of none.
final class BackfillFeed extends Feed {

    private static final int PART = 1_000;

    private final TenantId tenant;
    private final BackfillId id;
    private final Backfills backfills;
    private final SortedMap<Instant, BackfillInstant> seen = new TreeMap<>();
    private long moved = -1;

    BackfillFeed(TenantId tenant, BackfillId id, Backfills backfills) {
        super(tenant.value());
        this.tenant = tenant;
        this.id = id;
        this.backfills = backfills;
    }

    /// The record is read before its instants, so that these are never behind it.
    void look() {
        List<Watcher> present = List.copyOf(watchers());
        Backfill backfill = backfills.find(tenant, id);
        long moves = moves(backfill.counts());
        List<BackfillInstant> changed = moves == moved ? List.of() : changed();
        moved = moves;
        present.forEach(watcher -> tell(watcher, backfill, changed));
    }

    /// Each instant waits, is begun and ends: it never goes back.
    private static long moves(Counts counts) {
        long begun = (long) counts.total() - counts.waiting();
        return begun + begun - counts.live();
    }

    private List<BackfillInstant> changed() {
        List<BackfillInstant> changed =
                backfills.instants(tenant, id, null, Integer.MAX_VALUE).stream()
                        .filter(one -> one.state() != BackfillInstant.State.WAITING)
                        .filter(one -> !one.equals(seen.get(one.dueAt())))
                        .toList();
        changed.forEach(one -> seen.put(one.dueAt(), one));
        return changed;
    }

    private void tell(Watcher watcher, Backfill backfill, List<BackfillInstant> changed) {
        boolean isFresh = watcher.isFresh;
        watcher.isFresh = false;
        if (!isFresh) {
            send(watcher, changed);
        } else if (watcher.position != moved) {
            send(watcher, List.copyOf(seen.values()));
        }
        watcher.tell(
                "backfill",
                "backfill",
                Standing.of(backfill),
                () -> BackfillWords.answer(backfill));
        if (backfill.state().isOver() && backfill.counts().live() == 0) {
            finish(watcher);
        }
    }

    /// A client knows of the moves once it has the last part.
    private void send(Watcher watcher, List<BackfillInstant> instants) {
        for (int from = 0; from < instants.size(); from += PART) {
            int to = Math.min(from + PART, instants.size());
            if (to == instants.size()) {
                watcher.position = moved;
            }
            watcher.send(
                    "instants",
                    new InstantsEvent(
                            instants.subList(from, to).stream()
                                    .map(BackfillWords::instant)
                                    .toList()));
        }
        watcher.position = moved;
    }

    /// What is worth telling: a look that changes nothing is noted in the record, too.
    private record Standing(
            Backfill.State state, Counts counts, Backfill.@Nullable Obstacle obstacle) {

        static Standing of(Backfill backfill) {
            return new Standing(backfill.state(), backfill.counts(), backfill.obstacle());
        }
    }
}
