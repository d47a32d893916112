package dev.convergence.benchmark.pipelines;

import dev.convergence.engine.id.RunId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.step.Cancellation;
import dev.convergence.engine.step.DateWindow;
import dev.convergence.engine.step.Step;
import dev.convergence.engine.step.StepContext;
import dev.convergence.engine.step.StepOutcome;
import dev.convergence.engine.step.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// One run without an engine: what its steps see, and what they share.
final class RunOfSteps implements AutoCloseable {

    private final String provider;
    private final Path directory;
    private final DateWindow window;
    private final RunId id;
    private final Instant startedAt;
    private final Map<String, AutoCloseable> shared = new HashMap<>();

    RunOfSteps(String provider, Path directory, DateWindow window, RunId id, Instant startedAt) {
        this.provider = provider;
        this.directory = directory;
        this.window = window;
        this.id = id;
        this.startedAt = startedAt;
    }

    /// @throws IllegalStateException when the step does not complete
    StepOutcome step(Map<String, Step> steps, Bill.Task task) throws Exception {
        Step step = Objects.requireNonNull(steps.get(task.type()), task.type());
        StepOutcome outcome = step.run(new Context(task.settings()));
        if (outcome instanceof StepOutcome.Failed failed) {
            throw new IllegalStateException(task.type() + " failed: " + failed.message());
        }
        return outcome;
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable thing : shared.values()) {
            thing.close();
        }
        Folders.delete(directory);
    }

    private final class Context implements StepContext, Workspace, Cancellation {

        private final Map<String, Object> settings;

        Context(Map<String, Object> settings) {
            this.settings = settings;
        }

        @Override
        public TenantId tenant() {
            return Pipeline.TENANT;
        }

        @Override
        public RunId run() {
            return id;
        }

        @Override
        public String pipelineId() {
            return "bench";
        }

        @Override
        public String stepId() {
            return "step";
        }

        @Override
        public String provider() {
            return provider;
        }

        @Override
        public String domain() {
            return "cost";
        }

        @Override
        public Map<String, Object> parameters() {
            return Map.of("source", "landing");
        }

        @Override
        public Map<String, Object> settings() {
            return settings;
        }

        @Override
        public DateWindow window() {
            return window;
        }

        @Override
        public Instant startedAt() {
            return startedAt;
        }

        @Override
        public Optional<Map<String, Object>> credential(String provider, boolean validatedOnly) {
            return Optional.empty();
        }

        @Override
        public Workspace workspace() {
            return this;
        }

        @Override
        public Cancellation cancellation() {
            return this;
        }

        @Override
        public void log(String line) {}

        @Override
        public Path directory() {
            try {
                return Files.createDirectories(directory);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        @Override
        public <T extends AutoCloseable> T shared(String name, Class<T> type, Opener<T> opener) {
            return type.cast(
                    shared.computeIfAbsent(
                            name,
                            _ -> {
                                try {
                                    return opener.open();
                                } catch (Exception failure) {
                                    throw new IllegalStateException(failure);
                                }
                            }));
        }

        @Override
        public boolean isRequested() {
            return false;
        }

        @Override
        public Registration onRequest(Runnable interrupt) {
            return () -> {};
        }
    }
}
