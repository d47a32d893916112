package dev.convergence.engine.flow;

import dev.convergence.engine.step.Step;
import dev.convergence.engine.step.StepContext;
import dev.convergence.engine.step.StepOutcome;
import dev.convergence.engine.step.StepRows;
import dev.convergence.engine.worker.Probe;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The probe as a pipeline's step; its settings say which attempt of the chain this is.
public final class ProbeStep implements Step {

    @Override
    public String type() {
        return "system.probe";
    }

    @Override
    public StepOutcome run(StepContext context) throws InterruptedException {
        Probe probe = Probe.of(context.parameters());
        context.log("probe lasts " + probe.durationMillis() + " ms");
        probe.last(context.cancellation());
        int attempt = ((Number) context.settings().getOrDefault("attempt", 0)).intValue();
        return switch (probe.endingOf(attempt)) {
            case COMPLETED ->
                    StepOutcome.Done.of(StepRows.NONE, facts(probe, probe.exitCodeOfSuccess()));
            case FAILED ->
                    new StepOutcome.Failed(
                            probe.error(), true, List.of(), facts(probe, probe.exitCode()));
            case SKIPPED -> new StepOutcome.Skipped(probe.error());
        };
    }

    private static Map<String, Object> facts(Probe probe, @Nullable Integer exitCode) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("artifacts", probe.artifacts());
        if (exitCode != null) {
            facts.put("exit_code", exitCode);
        }
        return facts;
    }
}
