package dev.convergence.service.http.webhook;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.run.JobRuns;
import dev.convergence.engine.run.Runs;
import dev.convergence.engine.run.StepRecords;
import dev.convergence.engine.webhook.RunDocuments;
import dev.convergence.engine.webhook.RunFact;
import dev.convergence.service.http.job.JobWords;
import dev.convergence.service.http.pipeline.RunWords;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Runs as webhooks tell of them: exactly as their routes answer them.
public final class RunWebhooks implements RunDocuments {

    private static final TypeReference<Map<String, @Nullable Object>> DOCUMENT =
            new TypeReference<>() {};

    private final Runs runs;
    private final StepRecords steps;
    private final JobRuns jobRuns;
    private final JsonMapper json;

    public RunWebhooks(Runs runs, StepRecords steps, JobRuns jobRuns, JsonMapper json) {
        this.runs = runs;
        this.steps = steps;
        this.jobRuns = jobRuns;
        this.json = json;
    }

    @Override
    public Map<String, @Nullable Object> of(TenantId tenant, RunFact run) {
        Object words =
                run.isPipeline()
                        ? RunWords.detail(
                                runs.find(tenant, run.job()), steps.ofRun(tenant, run.job()))
                        : JobWords.run(jobRuns.find(tenant, run.job()));
        return json.readValue(json.writeValueAsBytes(words), DOCUMENT);
    }
}
