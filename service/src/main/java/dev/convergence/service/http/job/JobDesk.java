package dev.convergence.service.http.job;

import dev.convergence.api.job.JobRequest;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.error.FieldFaults;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TemplateId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.JobTypes;
import dev.convergence.engine.job.JobView;
import dev.convergence.engine.job.Ties;
import dev.convergence.engine.job.TriggerType;
import dev.convergence.engine.jobtemplate.JobTemplate;
import dev.convergence.engine.jobtemplate.RetryWish;
import dev.convergence.engine.launch.JobLauncher;
import dev.convergence.engine.template.TemplatePath;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.pipeline.ManualRuns;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns a caller's wish into a job: of a type, or of a template, or a pipeline's run.
public final class JobDesk {

    private static final int PIPELINE_PRIORITY_DEFAULT = 5;
    private static final Set<String> PIPELINE_PARAMS = Set.of("template", "parameters");

    private final Rooms engine;
    private final JobLauncher launcher;
    private final ManualRuns pipelines;

    public JobDesk(Rooms engine, JobLauncher launcher, ManualRuns pipelines) {
        this.engine = engine;
        this.launcher = launcher;
        this.pipelines = pipelines;
    }

    JobView create(JobRequest request, Caller.Tenant caller) {
        JobTemplate template = template(request, caller);
        FieldFaults faults = new FieldFaults();
        String type = type(request, template, faults);
        faults.range(
                "priority",
                request.priority(),
                0,
                dev.convergence.engine.launch.JobRequest.PRIORITY_MAX);
        RetryWish retry =
                request.retryPolicy() == null && template != null
                        ? template.retry()
                        : RetryWish.of(request.retryPolicy(), faults);
        faults.refuseIfAny();
        Map<String, Object> given = Objects.requireNonNullElse(request.params(), Map.of());
        Map<String, Object> params = template == null ? given : template.overlaid(given);
        if (type.equals(Job.PIPELINE)) {
            boolean isAsked = request.retryPolicy() != null || template != null;
            return pipeline(
                    params,
                    request.priority(),
                    isAsked ? Integer.valueOf(retry.attemptsMax()) : null,
                    caller);
        }
        Job job =
                launcher.launch(
                        new dev.convergence.engine.launch.JobRequest(
                                caller.tenant(),
                                type,
                                params,
                                Objects.requireNonNullElse(request.priority(), 0),
                                retry,
                                Ties.QUEUED.template(template == null ? null : template.id()),
                                TriggerType.API,
                                caller.userId()),
                        now());
        return engine.jobBook().find(caller.tenant(), job.id()).asCreated();
    }

    private @Nullable JobTemplate template(JobRequest request, Caller.Tenant caller) {
        return request.templateId() == null
                ? null
                : engine.jobTemplates()
                        .usable(
                                caller.tenant(),
                                new TemplateId(Ids.uuid("template_id", request.templateId())));
    }

    private static String type(
            JobRequest request, @Nullable JobTemplate template, FieldFaults faults) {
        if (template == null) {
            return JobTypes.checked("type", request.type(), faults);
        }
        if (request.type() != null && !request.type().equalsIgnoreCase(template.jobType())) {
            faults.add("type", "OTHER_TYPE", "is " + template.jobType() + " in the template.");
        }
        return template.jobType();
    }

    /// A pipeline's run counts against its quotas, and joins an identical one that is under way.
    private JobView pipeline(
            Map<String, Object> params,
            @Nullable Integer priority,
            @Nullable Integer retriesMax,
            Caller.Tenant caller) {
        requirePipelineParams(params);
        JobId job =
                pipelines.launch(
                        caller.tenant(),
                        path(String.valueOf(params.get("template"))),
                        parameters(params),
                        Objects.requireNonNullElse(priority, PIPELINE_PRIORITY_DEFAULT),
                        retriesMax,
                        caller.userId());
        return engine.jobBook().find(caller.tenant(), job).asCreated();
    }

    private static void requirePipelineParams(Map<String, Object> params) {
        FieldFaults faults = new FieldFaults();
        for (String name : params.keySet()) {
            if (!PIPELINE_PARAMS.contains(name)) {
                faults.add(
                        "params." + name,
                        "UNKNOWN_FIELD",
                        "is not part of a pipeline job; known are template and parameters.");
            }
        }
        if (!(params.get("template") instanceof String)) {
            faults.add("params.template", "REQUIRED", "is {provider}/{domain}/{name}.");
        }
        faults.refuseIfAny();
    }

    private static TemplatePath path(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 3) {
            throw EngineException.invalidField(
                    "params.template", "INVALID_PATH", "is {provider}/{domain}/{name}.");
        }
        return new TemplatePath(parts[0], parts[1], parts[2]);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> parameters(Map<String, Object> params) {
        Object parameters = params.getOrDefault("parameters", Map.of());
        if (parameters instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw EngineException.invalidField("params.parameters", "INVALID_TYPE", "is an object.");
    }

    /// Another attempt of a failed run, because a person asked for it.
    JobView retry(JobId failed, @Nullable Integer priority, Caller.Tenant caller) {
        JobView job = engine.jobBook().find(caller.tenant(), failed);
        if (!job.state().equals("FAILED")) {
            throw new EngineException(
                    ErrorCode.INVALID_REQUEST,
                    "Only a FAILED run can be retried; this one is " + job.state() + ".");
        }
        FieldFaults faults = new FieldFaults();
        faults.range(
                "priority", priority, 0, dev.convergence.engine.launch.JobRequest.PRIORITY_MAX);
        faults.refuseIfAny();
        Job found = engine.queue().find(failed).orElseThrow(() -> gone(failed));
        JobId made =
                found.isPipeline()
                        ? pipelines.again(found, priority, caller.userId())
                        : launcher.again(found, priority, caller.userId(), now()).id();
        return engine.jobBook().find(caller.tenant(), made).asCreated();
    }

    private static EngineException gone(JobId job) {
        return EngineException.notFound("There is no job run " + job.run() + ".");
    }

    private Instant now() {
        return engine.clock().instant();
    }
}
