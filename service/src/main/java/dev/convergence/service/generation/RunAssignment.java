package dev.convergence.service.generation;

import dev.convergence.engine.artifact.Writings;
import dev.convergence.engine.id.RunId;
import dev.convergence.engine.step.Cancellation;
import dev.convergence.engine.worker.Execution;
import dev.convergence.steps.generation.Assignment;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// An execution as a generation sees it.
record RunAssignment(Execution execution, Writings writings, InstantSource clock)
        implements Assignment {

    @Override
    public RunId run() {
        return execution.job().id().run();
    }

    @Override
    public Map<String, Object> params() {
        return execution.job().params();
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public Cancellation cancellation() {
        return execution.cancellation();
    }

    @Override
    public void log(String line) {
        execution.log(line);
    }

    @Override
    public void store(String name, String mediaType, byte[] bytes) {
        execution.store(name, mediaType, bytes);
    }

    @Override
    public List<byte[]> earlier(Kind kind, int atMost) {
        Writings.Kind stored =
                switch (kind) {
                    case STORY -> Writings.Kind.STORY;
                    case CARD -> Writings.Kind.CARD;
                };
        return writings.newest(execution.job().tenant(), stored, atMost);
    }
}
