package dev.convergence.engine.flow;

import dev.convergence.engine.credential.Credentials;
import dev.convergence.engine.credential.Provider;
import dev.convergence.engine.id.RunId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.step.Cancellation;
import dev.convergence.engine.step.DateWindow;
import dev.convergence.engine.step.StepContext;
import dev.convergence.engine.step.Workspace;
import dev.convergence.engine.template.Placeholders;
import dev.convergence.engine.template.StepSpec;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/// What one step of a run gets to see.
record FlowContext(
        Job job,
        RunFacts facts,
        StepSpec spec,
        Workspace workspace,
        Cancellation cancellation,
        Credentials credentials,
        Consumer<String> logLine)
        implements StepContext {

    @Override
    public TenantId tenant() {
        return job.tenant();
    }

    @Override
    public RunId run() {
        return job.id().run();
    }

    @Override
    public String pipelineId() {
        return Objects.requireNonNull(job.origin().pipelineId());
    }

    @Override
    public String stepId() {
        return spec.id();
    }

    @Override
    public String provider() {
        return facts.template().path().provider();
    }

    @Override
    public String domain() {
        return facts.template().path().domain();
    }

    @Override
    public Map<String, Object> parameters() {
        return facts.parameters();
    }

    @Override
    public Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        new Placeholders(facts.variables())
                .fillMap(spec.config())
                .forEach(
                        (name, value) -> settings.put(name, Objects.requireNonNullElse(value, "")));
        return settings;
    }

    @Override
    public DateWindow window() {
        return facts.window();
    }

    @Override
    public Instant startedAt() {
        return facts.startedAt();
    }

    @Override
    public Optional<Map<String, Object>> credential(String provider, boolean validatedOnly) {
        return Provider.named(provider)
                .flatMap(p -> credentials.open(job.tenant(), p, validatedOnly, facts.startedAt()));
    }

    @Override
    public void log(String line) {
        logLine.accept(line);
    }
}
