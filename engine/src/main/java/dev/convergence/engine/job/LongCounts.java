package dev.convergence.engine.job;

import dev.convergence.engine.id.TimeOrderedId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

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
    private final Map<Object, First> firsts = new ConcurrentHashMap<>();

    /// Counts those whose ids are at or behind one and before another.
    @FunctionalInterface
    public interface Between {
        long count(UUID from, UUID until);
    }

    /// Adds up those whose ids are at or behind one and before another.
    @FunctionalInterface
    public interface SumsBetween {
        Sums sums(UUID from, UUID until);
    }

    /// @param until the ids before this one are in the sums
    private record Kept(UUID until, Sums sums, Instant since) {}

    /// @param question equal for equal lists
    public long count(Object question, Instant now, Between between) {
        UUID settled = settled(now);
        return sums(
                        question,
                        settled,
                        now,
                        (from, until) -> Sums.of(between.count(from, until)),
                        sums -> ifLong(question, settled, now, sums))
                .part(0);
    }

    /// Adds up what has ended: nothing of it changes below the oldest job that lives.
    ///
    /// @param ended the ids below this one have all ended
    public Sums ended(Object question, UUID ended, Instant now, SumsBetween between) {
        UUID until = earlier(ended, settled(now));
        return sums(question, until, now, between, sums -> always(question, until, now, sums));
    }

    private record First(UUID id, Instant since) {}

    /// Where what somebody asks for may begin, when less and less of what has ended belongs to it.
    ///
    /// @param ended the ids below this one have all ended
    public UUID first(Object question, UUID ended, Instant now, Supplier<Optional<UUID>> search) {
        First kept = firsts.get(question);
        if (kept == null || kept.since().plus(KEPT_FOR).isBefore(now)) {
            UUID until = earlier(ended, settled(now));
            kept = new First(search.get().map(found -> earlier(found, until)).orElse(until), now);
            if (firsts.size() >= QUESTIONS_MAX) {
                firsts.clear();
            }
            firsts.put(question, kept);
        }
        return kept.id();
    }

    private static UUID earlier(UUID one, UUID other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Sums sums(
            Object question,
            UUID settled,
            Instant now,
            SumsBetween between,
            Function<SumsBetween, Sums> anew) {
        Kept kept = known.get(question);
        if (kept == null || kept.since().plus(KEPT_FOR).isBefore(now)) {
            return anew.apply(between);
        }
        if (kept.until().compareTo(settled) < 0) {
            Sums more = between.sums(kept.until(), settled);
            kept = new Kept(settled, kept.sums().plus(more), kept.since());
            known.put(question, kept);
        }
        return kept.sums().plus(between.sums(kept.until(), LAST));
    }

    /// Most lists are short: one question answers them.
    private Sums ifLong(Object question, UUID settled, Instant now, SumsBetween between) {
        Sums all = between.sums(FIRST, LAST);
        if (all.part(0) < LONG) {
            known.remove(question);
            return all;
        }
        keep(question, new Kept(settled, all.minus(between.sums(settled, LAST)), now));
        return all;
    }

    private Sums always(Object question, UUID settled, Instant now, SumsBetween between) {
        Sums old = between.sums(FIRST, settled);
        keep(question, new Kept(settled, old, now));
        return old.plus(between.sums(settled, LAST));
    }

    private void keep(Object question, Kept kept) {
        if (known.size() >= QUESTIONS_MAX) {
            known.clear();
        }
        known.put(question, kept);
    }

    private static UUID settled(Instant now) {
        return TimeOrderedId.floor(now.minus(SETTLED_AFTER));
    }
}
