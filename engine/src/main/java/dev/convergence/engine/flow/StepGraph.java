package dev.convergence.engine.flow;

import dev.convergence.engine.template.StepSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which steps of a run may start, given how the others ended. Pure.
final class StepGraph {

    private final Map<String, StepSpec> waiting = new LinkedHashMap<>();
    private final Map<String, StepEnd> ended = new LinkedHashMap<>();
    private int running;

    /// @param steps the ordinary steps; notifications are no part of the graph
    StepGraph(List<StepSpec> steps) {
        steps.forEach(step -> waiting.put(step.id(), step));
    }

    /// Takes the steps whose dependencies are all done; none once a step has stopped the run.
    List<StepSpec> takeStartable() {
        List<StepSpec> startable = new ArrayList<>();
        if (!StepEnd.anyStops(ends())) {
            waiting.values().stream()
                    .filter(step -> ended.keySet().containsAll(step.dependsOn()))
                    .forEach(startable::add);
        }
        startable.forEach(step -> waiting.remove(step.id()));
        running += startable.size();
        return startable;
    }

    void ended(StepEnd end) {
        ended.put(end.spec().id(), end);
        running--;
    }

    boolean isRunning() {
        return running > 0;
    }

    List<StepSpec> notReached() {
        return List.copyOf(waiting.values());
    }

    List<StepEnd> ends() {
        return List.copyOf(ended.values());
    }
}
