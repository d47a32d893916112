package dev.convergence.steps;

import dev.convergence.engine.id.RunId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.step.Cancellation;
import dev.convergence.engine.step.CancelledException;
import dev.convergence.engine.step.DateWindow;
import dev.convergence.engine.step.Step;
import dev.convergence.engine.step.StepContext;
import dev.convergence.engine.step.StepOutcome;
import dev.convergence.engine.step.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One run of a pipeline, without an engine: it runs steps and closes what they shared.
public final class TestRun implements AutoCloseable {

    private final Map<String, Step> steps;
    private final Path directory;
    private final LoadFixture.Bill bill;
    private final Map<String, Object> parameters;
    private final DateWindow window;
    private final RunId id;
    private final List<String> log;
    private final Map<String, Object> credential;
    private final Runnable confirm;
    private final Runnable look;
    private final Map<String, AutoCloseable> shared = new HashMap<>();
    public final Set<String> credentials = new java.util.HashSet<>();

    TestRun(
            Map<String, Step> steps,
            Path directory,
            LoadFixture.Bill bill,
            Map<String, Object> parameters,
            DateWindow window,
            RunId id,
            List<String> log,
            Map<String, Object> credential,
            Runnable confirm,
            Runnable look) {
        this.steps = steps;
        this.directory = directory;
        this.bill = bill;
        this.parameters = parameters;
        this.window = window;
        this.id = id;
        this.log = log;
        this.credential = credential;
        this.confirm = confirm;
        this.look = look;
    }

    public StepOutcome step(String type, Map<String, Object> settings) {
        try {
            return java.util.Objects.requireNonNull(steps.get(type)).run(new Context(settings));
        } catch (CancelledException cancelled) {
            throw cancelled;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    public StepContext context(Map<String, Object> settings) {
        return new Context(settings);
    }

    @Override
    public void close() {
        shared.values()
                .forEach(thing -> {
                    try {
                        thing.close();
                    } catch (Exception failure) {
                        throw new IllegalStateException(failure);
                    }
                });
    }

    private final class Context implements StepContext, Workspace, Cancellation {

        private final Map<String, Object> settings;

        Context(Map<String, Object> settings) {
            this.settings = settings;
        }

        @Override
        public TenantId tenant() {
            return LoadFixture.ACME;
        }

        @Override
        public RunId run() {
            return id;
        }

        @Override
        public String pipelineId() {
            return "test";
        }

        @Override
        public String stepId() {
            return "step";
        }

        @Override
        public String provider() {
            return bill.provider;
        }

        @Override
        public String domain() {
            return bill.domain;
        }

        @Override
        public Map<String, Object> parameters() {
            return parameters;
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
            return LoadFixture.NOW;
        }

        @Override
        public Optional<Map<String, Object>> credential(String provider, boolean validatedOnly) {
            if (!credential.isEmpty() && !validatedOnly) {
                return Optional.of(credential);
            }
            return credentials.contains(provider) ? Optional.of(Map.of()) : Optional.empty();
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
        public void confirm() {
            confirm.run();
        }

        @Override
        public void log(String line) {
            log.add(line);
        }

        @Override
        public Path directory() {
            try {
                return Files.createDirectories(directory);
            } catch (IOException failure) {
                throw new IllegalStateException(failure);
            }
        }

        @Override
        public synchronized <T extends AutoCloseable> T shared(
                String name, Class<T> type, Opener<T> opener) {
            AutoCloseable thing =
                    shared.computeIfAbsent(
                            name,
                            _ -> {
                                try {
                                    return opener.open();
                                } catch (Exception failure) {
                                    throw new IllegalStateException(failure);
                                }
                            });
            return type.cast(thing);
        }

        @Override
        public boolean isRequested() {
            look.run();
            return false;
        }

        @Override
        public Registration onRequest(Runnable interrupt) {
            return () -> {};
        }
    }
}
