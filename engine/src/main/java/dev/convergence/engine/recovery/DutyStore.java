package dev.convergence.engine.recovery;

import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/// The table `duty`: whoever moves the time first does the duty.
final class DutyStore {

    private DutyStore() {}

    private static final String TAKE =
            """
            INSERT INTO duty AS known (duty, done_at) VALUES (:duty, :now)
            ON CONFLICT (duty) DO UPDATE SET done_at = excluded.done_at WHERE known.done_at <= :before
            """;

    /// @return whether it is this node's turn; then nobody else's for that long
    static boolean take(Handle handle, String duty, Duration every, Instant now) {
        return handle.createUpdate(TAKE)
                        .bind("duty", duty)
                        .bind("now", now)
                        .bind("before", now.minus(every))
                        .execute()
                == 1;
    }

    private static final String DONE_AT = "UPDATE duty SET done_at = :doneAt WHERE duty = :duty";

    /// Makes a duty that is done every so often due again at an instant.
    static void dueAgain(Handle handle, String duty, Duration every, Instant at) {
        handle.createUpdate(DONE_AT).bind("duty", duty).bind("doneAt", at.minus(every)).execute();
    }
}
