package dev.convergence.engine.worker;

import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.sql.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Runs jobs of type `probe`.
public final class ProbeHandler implements JobHandler {

    @Override
    public String type() {
        return Job.PROBE;
    }

    @Override
    public @Nullable String pool(Map<String, Object> params) {
        return params.get("pool") instanceof String name ? name : null;
    }

    @Override
    public Outcome handle(Execution execution) throws InterruptedException {
        Probe probe = Probe.of(execution.job().params());
        probe.last(execution.cancellation());
        if (probe.echo() != null) {
            execution.log("the probe keeps its echo");
            execution.store(
                    "echo",
                    "application/json",
                    Json.write(probe.echo()).getBytes(StandardCharsets.UTF_8));
        }
        if (probe.endingOf(execution.job().attempt()) != Probe.Ending.COMPLETED) {
            execution.log(probe.error());
        }
        return switch (probe.endingOf(execution.job().attempt())) {
            case COMPLETED ->
                    new Outcome.Completed(probe.exitCodeOfSuccess(), probe.artifacts(), Map.of());
            case FAILED ->
                    new Outcome.Failed(
                            probe.error(),
                            "PROBE_FAILED",
                            true,
                            probe.exitCode(),
                            probe.artifacts(),
                            Map.of());
            case SKIPPED -> new Outcome.Skipped(probe.error());
        };
    }
}
