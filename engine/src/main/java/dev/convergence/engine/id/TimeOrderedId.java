package dev.convergence.engine.id;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/// UUIDs of version 7 (RFC 9562): the time they were made first, random bits behind it.
///
/// Rows are partitioned and listed by id, newest first, without an index on a time column.
public final class TimeOrderedId {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TIMESTAMP_SHIFT = 16;
    private static final long VERSION_7 = 0x7000L;
    private static final long RANDOM_12_BITS = 0xFFFL;
    private static final long RANDOM_62_BITS = 0x3FFFFFFFFFFFFFFFL;
    private static final long VARIANT = 0x8000000000000000L;

    private TimeOrderedId() {}

    public static UUID next(Instant now) {
        long high =
                (now.toEpochMilli() << TIMESTAMP_SHIFT)
                        | VERSION_7
                        | (RANDOM.nextLong() & RANDOM_12_BITS);
        return new UUID(high, (RANDOM.nextLong() & RANDOM_62_BITS) | VARIANT);
    }

    /// The smallest id that can be made at or after an instant: a bound of a day's partition.
    public static UUID floor(Instant instant) {
        return new UUID(instant.toEpochMilli() << TIMESTAMP_SHIFT, 0);
    }

    public static Instant madeAt(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> TIMESTAMP_SHIFT);
    }
}
