package dev.convergence.engine.slot;

import dev.convergence.engine.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Writes the rows of instants that did not fire, a batch in a transaction, however many there are.
///
/// Any node may do it; row locks decide who is at which gap. A crash leaves a whole batch or
/// nothing, and whoever goes on begins where the last batch ended.
public final class GapCloser {

    private static final int GAPS_MAX = 500;
    private static final int ROWS_MAX = 5_000;

    /// A config that is due every minute has fewer instants in 31 days. Only a gap with more is
    /// cut: what is older than this shares one row.
    static final int SINGLE_ROWS_MAX = 45_000;

    static final Duration SINGLE_ROWS = Duration.ofDays(31);

    private final Database database;

    public GapCloser(Database database) {
        this.database = database;
    }

    public boolean isNeeded() {
        return database.read(GapStore::isAny);
    }

    /// Writes one batch.
    ///
    /// @return what was written down, by outcome; empty when nothing is left, or others are at it
    public Map<SlotOutcome, Integer> close() {
        return database.inTransaction(handle -> {
            Batch batch = new Batch();
            for (OpenGap gap : GapStore.lock(handle, GAPS_MAX)) {
                batch.take(gap);
            }
            batch.write(handle);
            return batch.counts();
        });
    }

    /// The rows of one transaction, and what is left of the gaps they are of.
    private static final class Batch {

        private final List<Slot> slots = new ArrayList<>();
        private final List<Long> closed = new ArrayList<>();
        private final Map<Long, Instant> narrowed = new LinkedHashMap<>();

        private void take(OpenGap open) {
            Optional<Instant> next = Optional.of(open.gap().from());
            if (slots.size() < ROWS_MAX && isTooLong(open.gap())) {
                next = takeOldTogether(open);
            }
            while (slots.size() < ROWS_MAX && isIn(open.gap(), next)) {
                slots.add(slot(open, next.orElseThrow(), null));
                next = open.gap().cadence().next(next.orElseThrow());
            }
            if (!isIn(open.gap(), next)) {
                closed.add(open.id());
            } else if (!next.orElseThrow().equals(open.gap().from())) {
                narrowed.put(open.id(), next.orElseThrow());
            }
        }

        private static boolean isIn(LedgerGap gap, Optional<Instant> instant) {
            return instant.isPresent() && !instant.get().isAfter(gap.until());
        }

        private static boolean isTooLong(LedgerGap gap) {
            if (Duration.between(gap.from(), gap.until()).compareTo(SINGLE_ROWS) <= 0) {
                return false;
            }
            Optional<Instant> next = Optional.of(gap.from());
            for (int count = 0; count < SINGLE_ROWS_MAX && isIn(gap, next); count++) {
                next = gap.cadence().next(next.orElseThrow());
            }
            return isIn(gap, next);
        }

        private Optional<Instant> takeOldTogether(OpenGap open) {
            LedgerGap gap = open.gap();
            Instant end = gap.until().minus(SINGLE_ROWS);
            Instant last = gap.cadence().latest(gap.from(), end, 1).getLast();
            slots.add(slot(open, gap.from(), last));
            return gap.cadence().next(last);
        }

        private static Slot slot(OpenGap open, Instant due, @Nullable Instant until) {
            LedgerGap gap = open.gap();
            return new Slot(
                    gap.tenant(),
                    gap.config(),
                    due,
                    due.plus(gap.spread()),
                    until,
                    gap.outcome(),
                    null,
                    gap.reason(),
                    open.decidedAt());
        }

        private void write(Handle handle) {
            SlotStore.insert(handle, slots);
            GapStore.close(handle, closed);
            GapStore.narrow(handle, narrowed);
        }

        private Map<SlotOutcome, Integer> counts() {
            Map<SlotOutcome, Integer> counts = new EnumMap<>(SlotOutcome.class);
            slots.forEach(slot -> counts.merge(slot.outcome(), 1, Integer::sum));
            return counts;
        }
    }
}
