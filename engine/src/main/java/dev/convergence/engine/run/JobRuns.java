package dev.convergence.engine.run;

import dev.convergence.engine.artifact.ArtifactDraft;
import dev.convergence.engine.artifact.Artifacts;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Database;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Finds and lists the runs of jobs, and what they made.
public final class JobRuns {

    private final Database database;
    private final Artifacts artifacts;

    public JobRuns(Database database) {
        this.database = database;
        artifacts = new Artifacts(database);
    }

    /// A tenant's run; the id of another tenant's is as unknown as one that never was.
    public JobRun find(TenantId tenant, JobId job) {
        return database.read(handle -> JobRunStore.find(handle, tenant, job))
                .orElseThrow(
                        () -> EngineException.notFound("There is no job run " + job.run() + "."));
    }

    /// Newest first.
    public List<JobRun> list(JobRunFilter filter) {
        return database.look(handle -> JobRunStore.list(handle, filter));
    }

    /// A stored artifact, or what the handler answered under this name, as JSON.
    public ArtifactDraft artifact(TenantId tenant, JobId job, String name) {
        return artifacts
                .read(tenant, job, name)
                .or(() ->
                        database.read(handle -> JobRunStore.value(handle, tenant, job, name))
                                .map(JobRuns::json))
                .orElseThrow(
                        () -> EngineException.notFound("The run has no artifact '" + name + "'."));
    }

    private static ArtifactDraft json(String value) {
        return new ArtifactDraft(
                "value", "application/json", value.getBytes(StandardCharsets.UTF_8));
    }
}
