package dev.convergence.engine.step;

import dev.convergence.engine.id.RunId;
import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// All that a step gets to know and to use; nothing else of the engine is reachable from a step.
public interface StepContext {

    TenantId tenant();

    RunId run();

    /// `{tenant}-{provider}-{domain}-{template}`.
    String pipelineId();

    String stepId();

    /// Lower case, as in the template's path: `gcp`, `aws`, `azure`, `oci`, `openai`, `claude`.
    String provider();

    /// Lower case: `cost`, `security`, `compliance`, `observability`.
    String domain();

    /// The run's parameters: the template's defaults overlaid by the config's and the caller's.
    Map<String, Object> parameters();

    /// The step's own `config` block of the template, placeholders filled in.
    Map<String, Object> settings();

    /// The dates that the run is to load, and whether somebody asked for them.
    DateWindow window();

    /// The time at which the run began; steps do not read the clock.
    Instant startedAt();

    /// The tenant's stored credential of a provider (`GCP`, `OPENAI`…), decrypted.
    ///
    /// @param validatedOnly ask only for one that was found valid
    Optional<Map<String, Object>> credential(String provider, boolean validatedOnly);

    /// What the steps of this run share; closed and deleted when the run ends.
    Workspace workspace();

    Cancellation cancellation();

    /// Asks whether this attempt may still make its work visible; called right before a commit
    /// outside.
    ///
    /// Costs a question to the database, where [Cancellation#check()] costs nothing.
    ///
    /// @throws CancelledException when the work was cancelled, or another attempt has taken over
    default void confirm() {
        cancellation().check();
    }

    /// Adds a line to the run's log; secrets must not be in it.
    void log(String line);
}
