package dev.convergence.engine.worker;

import dev.convergence.engine.artifact.ArtifactDraft;
import dev.convergence.engine.artifact.Artifacts;
import dev.convergence.engine.queue.Claim;
import dev.convergence.engine.run.RunLog;
import dev.convergence.engine.sql.Database;
import java.time.InstantSource;

/// Where executions write what people want to see of them: lines, and what they made.
public record Journal(RunLog log, Artifacts artifacts, InstantSource clock) {

    public static Journal of(Database database, InstantSource clock) {
        return new Journal(new RunLog(database), new Artifacts(database), clock);
    }

    void line(Claim claim, String text) {
        log.append(claim.job().tenant(), claim.job().id(), claim.token(), text, clock.instant());
    }

    /// @return false when the claim is no longer good
    boolean store(Claim claim, ArtifactDraft draft) {
        return artifacts.store(
                claim.job().tenant(), claim.job().id(), claim.token(), draft, clock.instant());
    }
}
