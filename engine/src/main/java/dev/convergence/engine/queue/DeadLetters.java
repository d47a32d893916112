package dev.convergence.engine.queue;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.sql.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Jobs that were given up because their nodes died while they ran: looked at, and driven again.
public final class DeadLetters {

    private final Database database;
    private final Queue queue;

    public DeadLetters(Database database, Queue queue) {
        this.database = database;
        this.queue = queue;
    }

    /// Newest first.
    ///
    /// @param tenant null for all tenants
    /// @param before only jobs made before this one, for paging; null for the first page
    public List<DeadLetter> list(@Nullable TenantId tenant, @Nullable JobId before, int limit) {
        return database.read(handle -> DeadLetterStore.list(handle, tenant, before, limit));
    }

    /// The letter of a tenant's job.
    public Optional<DeadLetter> find(TenantId tenant, JobId dead) {
        return database.read(handle -> DeadLetterStore.find(handle, tenant, dead));
    }

    /// Puts the job in again with a clean slate: its attempts and node losses count anew.
    ///
    /// @throws EngineException CONFLICT when the same work is under way
    /// @return the job that was made; empty when there is no such letter, or it was driven already
    public Optional<JobId> redrive(TenantId tenant, JobId dead, Instant now) {
        Optional<JobId> made = database.inTransaction(handle -> redrive(handle, tenant, dead, now));
        if (made.isPresent()) {
            queue.committed(Set.of(tenant));
        }
        return made;
    }

    private Optional<JobId> redrive(Handle handle, TenantId tenant, JobId dead, Instant now) {
        List<Job> found = JobStore.find(handle, List.of(dead));
        JobId id = JobId.next(now);
        if (found.isEmpty() || !DeadLetterStore.redrive(handle, tenant, dead, id, now)) {
            return Optional.empty();
        }
        Job again = Retries.again(found.getFirst(), id);
        if (queue.beginFlight(handle, again).isPresent()) {
            throw new EngineException(
                    ErrorCode.CONFLICT,
                    "The same work is under way already; wait for its end, or cancel it.");
        }
        queue.enqueue(handle, List.of(again));
        return Optional.of(id);
    }
}
