package dev.convergence.engine.queue;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Predicate;

/// Lets jobs of a low priority have their turn although more urgent ones never stop coming: a job
/// counts as one level higher for each `step` that it has waited.
///
/// Off unless asked for, because it softens what users rely on: the higher priority goes first. A
/// ticket is moved only when it reaches the highest level that waits in its lane, so it is written
/// once or twice, and the claim knows nothing of ages.
public final class Ageing implements Predicate<Instant> {

    private static final Duration LOOK_MIN = Duration.ofSeconds(1);
    private static final Duration LOOK_MAX = Duration.ofSeconds(30);

    private final Database database;
    private final Queue queue;
    private final Duration step;

    public Ageing(Database database, Queue queue, Duration step) {
        this.database = database;
        this.queue = queue;
        this.step = step;
    }

    /// How often it is worth a look: ten times a step, within bounds.
    public Duration every() {
        Duration tenth = step.dividedBy(10);
        return tenth.compareTo(LOOK_MIN) < 0
                ? LOOK_MIN
                : tenth.compareTo(LOOK_MAX) > 0 ? LOOK_MAX : tenth;
    }

    /// Moves what has waited long enough; at most a handful of each level at a look.
    ///
    /// @return true: what is left over comes with the next look
    @Override
    public boolean test(Instant now) {
        Collection<TenantId> moved =
                database.inTransaction(handle -> AgeingStore.raise(handle, step, now));
        moved.forEach(queue.floors()::forget);
        return true;
    }
}
