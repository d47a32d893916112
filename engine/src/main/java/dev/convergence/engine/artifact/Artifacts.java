package dev.convergence.engine.artifact;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What executions made: stored while their claim is good, fetched as long as their run is kept.
public final class Artifacts {

    public static final int NUMBER_MAX = 128;
    public static final long SIZE_MAX = 64L * 1024 * 1024;

    private final Database database;

    public Artifacts(Database database) {
        this.database = database;
    }

    /// Stores something that the holder of a claim has made; the same name again replaces it.
    ///
    /// @param token the claim's
    /// @return false when the claim is no longer good: nothing is stored then
    /// @throws EngineException INVALID_FIELD when the run has as many artifacts as it may have
    public boolean store(TenantId tenant, JobId job, long token, ArtifactDraft draft, Instant now) {
        return switch (database.inTransaction(
                handle -> ArtifactStore.store(handle, tenant, job, token, draft, now))) {
            case STORED -> true;
            case LOST -> false;
            case FULL ->
                    throw EngineException.invalidField(
                            "artifacts",
                            "TOO_LARGE",
                            "a run keeps at most %d artifacts of together %d bytes."
                                    .formatted(NUMBER_MAX, SIZE_MAX));
        };
    }

    /// By name.
    public List<Artifact> list(TenantId tenant, JobId job) {
        return database.read(handle -> ArtifactStore.list(handle, tenant, job));
    }

    public Optional<ArtifactDraft> read(TenantId tenant, JobId job, String name) {
        return database.read(handle -> ArtifactStore.read(handle, tenant, job, name));
    }
}
