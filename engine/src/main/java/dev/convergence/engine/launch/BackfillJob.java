package dev.convergence.engine.launch;

import dev.convergence.engine.id.BackfillId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.Origin;
import dev.convergence.engine.job.TriggerType;
import dev.convergence.engine.pipeline.PipelineConfig;
import dev.convergence.engine.template.TemplatePath;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The job of a config for an instant of the past.
public final class BackfillJob {

    /// Below every config's and every retry's: what is scheduled is claimed first.
    public static final int PRIORITY = 0;

    private BackfillJob() {}

    /// @param before the job that had stood for the instant; this one points back at it
    public static Job of(
            BackfillId backfill,
            PipelineConfig config,
            Map<String, Object> parameters,
            RetryDefaults retries,
            Instant dueAt,
            @Nullable JobId before,
            @Nullable String userId,
            Instant now) {
        JobId id = JobId.next(now);
        TemplatePath template =
                new TemplatePath(config.provider(), config.domain(), config.templateName());
        return new Job(
                id,
                config.tenant(),
                Job.PIPELINE,
                Launcher.params(template, parameters),
                PRIORITY,
                0,
                before,
                id,
                retries.of(config.tenant(), template).changed(config.retry()),
                parameters.get("pool") instanceof String pool ? pool : null,
                new Origin(
                        config.pipelineId(),
                        config.id(),
                        dueAt,
                        TriggerType.BACKFILL,
                        "backfill:" + backfill,
                        userId,
                        FlightKey.ofInstant(config.id(), dueAt)));
    }
}
