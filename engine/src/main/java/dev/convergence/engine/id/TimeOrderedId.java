package dev.convergence.engine.id;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/// UUIDs of version 7 (RFC 9562): a time in milliseconds, then a counter, then random bits.
///
/// Rows are partitioned and listed by id, newest first, without an index on a time column. The
/// counter keeps ids of one millisecond in the order in which a process made them, so that their
/// index grows at its end. An id is no secret; what may be seen is decided by the key.
public final class TimeOrderedId {

    private static final int TIMESTAMP_SHIFT = 16;
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000000000000000L;

    /// 22 bits of counter: 12 beside the version, 10 beside the variant.
    private static final int COUNTER_BITS = 22;

    private static final int LOW_COUNTER_BITS = 10;
    private static final long LOW_COUNTER = (1L << LOW_COUNTER_BITS) - 1;
    private static final long HIGH_COUNTER = 0xFFFL;
    private static final int RANDOM_BITS = 52;
    private static final long RANDOM = (1L << RANDOM_BITS) - 1;

    private static final AtomicLong LAST = new AtomicLong();

    private TimeOrderedId() {}

    public static UUID next(Instant now) {
        long millis = now.toEpochMilli();
        long made =
                LAST.updateAndGet(last ->
                        last >>> COUNTER_BITS == millis ? last + 1 : millis << COUNTER_BITS);
        long high =
                (made >>> COUNTER_BITS) << TIMESTAMP_SHIFT
                        | VERSION_7
                        | ((made >>> LOW_COUNTER_BITS) & HIGH_COUNTER);
        long low =
                VARIANT
                        | (made & LOW_COUNTER) << RANDOM_BITS
                        | (ThreadLocalRandom.current().nextLong() & RANDOM);
        return new UUID(high, low);
    }

    /// The smallest id that can be made at or after an instant: a bound of a day's partition.
    public static UUID floor(Instant instant) {
        return new UUID(instant.toEpochMilli() << TIMESTAMP_SHIFT, 0);
    }

    public static Instant madeAt(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> TIMESTAMP_SHIFT);
    }
}
