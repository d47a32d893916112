package dev.convergence.engine.id;

import java.time.Instant;
import java.util.UUID;

/// The id of a request to execute once; its last bit is 0, see [RunId].
public record JobId(UUID value) implements Comparable<JobId> {

    private static final long LAST_BIT = 1L;

    public static JobId next(Instant now) {
        return of(TimeOrderedId.next(now));
    }

    /// Accepts the id of a job or of its run: the two differ in the last bit only.
    public static JobId of(UUID jobOrRun) {
        return new JobId(
                new UUID(
                        jobOrRun.getMostSignificantBits(),
                        jobOrRun.getLeastSignificantBits() & ~LAST_BIT));
    }

    public RunId run() {
        return new RunId(
                new UUID(
                        value.getMostSignificantBits(),
                        value.getLeastSignificantBits() | LAST_BIT));
    }

    @Override
    public int compareTo(JobId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
