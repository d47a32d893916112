package dev.convergence.engine.job;

import dev.convergence.engine.id.TimeOrderedId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Counts of long lists of jobs. What a job is never changes and its id tells when it was made, so
/// of a long list only what is new is counted again; all of it from time to time.
///
/// Of a list that is short everything is counted each time. Of a long one, a job whose transaction
/// took longer than [#SETTLED_AFTER], and history that went, are missed for up to [#KEPT_FOR].
public final class LongCounts {

    static final long LONG = 20_000;
    static final Duration SETTLED_AFTER = Duration.ofMinutes(1);
    static final Duration KEPT_FOR = Duration.ofMinutes(10);
    private static final int QUESTIONS_MAX = 2_000;

    private static final UUID FIRST = new UUID(0, 0);
    private static final UUID LAST = new UUID(-1, -1);

    private final Map<Object, Kept> known = new ConcurrentHashMap<>();

    /// Counts those whose ids are at or behind one and before another.
    @FunctionalInterface
    public interface Between {
        long count(UUID from, UUID until);
    }

    /// @param until the ids before this one are in the count
    private record Kept(UUID until, long count, Instant since) {}

    /// @param question equal for equal lists
    public long count(Object question, Instant now, Between between) {
        Kept kept = known.get(question);
        if (kept == null || kept.since().plus(KEPT_FOR).isBefore(now)) {
            return anew(question, now, between);
        }
        UUID settled = settled(now);
        if (kept.until().compareTo(settled) < 0) {
            long more = between.count(kept.until(), settled);
            kept = new Kept(settled, kept.count() + more, kept.since());
            known.put(question, kept);
        }
        return kept.count() + between.count(kept.until(), LAST);
    }

    private long anew(Object question, Instant now, Between between) {
        long all = between.count(FIRST, LAST);
        if (all < LONG) {
            known.remove(question);
            return all;
        }
        if (known.size() >= QUESTIONS_MAX) {
            known.clear();
        }
        UUID settled = settled(now);
        known.put(question, new Kept(settled, all - between.count(settled, LAST), now));
        return all;
    }

    private static UUID settled(Instant now) {
        return TimeOrderedId.floor(now.minus(SETTLED_AFTER));
    }
}
