package dev.convergence.service.http.webhook;

import dev.convergence.api.webhook.JobRunData;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.run.Runs;
import dev.convergence.engine.webhook.RunDocuments;
import dev.convergence.engine.webhook.RunFact;
import dev.convergence.service.http.pipeline.RunWords;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Runs as webhooks tell of them: a pipeline's exactly as its route answers it.
public final class RunWebhooks implements RunDocuments {

    private static final TypeReference<Map<String, @Nullable Object>> DOCUMENT =
            new TypeReference<>() {};

    private final Runs runs;
    private final JsonMapper json;

    public RunWebhooks(Runs runs, JsonMapper json) {
        this.runs = runs;
        this.json = json;
    }

    @Override
    public Map<String, @Nullable Object> of(TenantId tenant, RunFact run) {
        Object words =
                run.isPipeline() ? RunWords.run(runs.find(tenant, run.job())) : job(tenant, run);
        return json.readValue(json.writeValueAsBytes(words), DOCUMENT);
    }

    private static JobRunData job(TenantId tenant, RunFact run) {
        JobId retryOf = run.retryOf();
        return new JobRunData(
                run.job().run().toString(),
                run.job().toString(),
                tenant.value(),
                tenant.value(),
                run.jobType(),
                run.status(),
                run.startedAt(),
                run.finishedAt(),
                run.exitCode(),
                run.error(),
                List.copyOf(run.artifacts().keySet()),
                run.params(),
                null,
                run.group(),
                run.sequenceNumber(),
                retryOf == null ? null : retryOf.toString(),
                run.attempt(),
                run.attempt() + 1,
                run.willRetry(),
                null);
    }
}
