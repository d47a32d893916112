package dev.convergence.engine.launch;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.Origin;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.job.TriggerType;
import dev.convergence.engine.pipeline.PipelineConfig;
import dev.convergence.engine.template.TemplatePath;
import java.time.Instant;
import java.util.Map;

/// The job of a config that has come due; it has no user.
public final class ScheduledJob {

    private ScheduledJob() {}

    /// @param isExclusive whether runs of the config keep out of each other's way
    public static Job of(
            TenantId tenant,
            ConfigId config,
            TemplatePath template,
            Map<String, Object> parameters,
            int priority,
            RetryPolicy retry,
            Instant dueAt,
            boolean isExclusive,
            Instant now) {
        JobId id = JobId.next(now);
        return new Job(
                id,
                tenant,
                Job.PIPELINE,
                Launcher.params(template, parameters),
                priority,
                0,
                null,
                id,
                retry,
                parameters.get("pool") instanceof String pool ? pool : null,
                new Origin(
                        PipelineConfig.pipelineId(
                                tenant, template.provider(), template.domain(), template.name()),
                        config,
                        dueAt,
                        TriggerType.SCHEDULER,
                        "cloud_scheduler",
                        null,
                        isExclusive ? FlightKey.ofConfig(config) : null));
    }
}
