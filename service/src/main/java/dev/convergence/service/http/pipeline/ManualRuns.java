package dev.convergence.service.http.pipeline;

import dev.convergence.api.pipeline.RunAcceptedAnswer;
import dev.convergence.api.pipeline.RunAcceptedAnswer.PlannedStep;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.launch.Launched;
import dev.convergence.engine.launch.RunRequest;
import dev.convergence.engine.pipeline.PipelineConfig;
import dev.convergence.engine.queue.Pools;
import dev.convergence.engine.run.RunView;
import dev.convergence.engine.template.AskedDates;
import dev.convergence.engine.template.Parameters;
import dev.convergence.engine.template.Repetition;
import dev.convergence.engine.template.StepOrder;
import dev.convergence.engine.template.StepSpec;
import dev.convergence.engine.template.Template;
import dev.convergence.engine.template.TemplateCatalog;
import dev.convergence.engine.template.TemplatePath;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns a caller's wish into a run request, once the template has agreed to its parameters.
public final class ManualRuns {

    private final Rooms engine;
    private final TemplateCatalog templates;
    private final Pools pools;
    private final Repetitions repetitions;

    public ManualRuns(Rooms engine, TemplateCatalog templates, Pools pools) {
        this.engine = engine;
        this.templates = templates;
        this.pools = pools;
        repetitions = new Repetitions(engine);
    }

    RunAcceptedAnswer start(
            TenantId tenant,
            TemplatePath path,
            RunBody body,
            @Nullable String userId,
            @Nullable ConfigId config) {
        Template template = template(tenant, path);
        Map<String, Object> parameters =
                Parameters.of(template.parameters(), body.parameters()).orRefuse();
        requireDates(parameters);
        String pool = pool(parameters);
        String pipelineId = pipelineId(tenant, template.path());
        if (body.dryRun()) {
            return planned(tenant, pipelineId, plan(template));
        }
        Launched launched =
                engine.launcher()
                        .launch(
                                new RunRequest(
                                        tenant,
                                        template.path(),
                                        parameters,
                                        body.triggerBy(),
                                        userId,
                                        config,
                                        body.priority(),
                                        body.retriesMax(),
                                        pool,
                                        null),
                                engine.clock().instant());
        return accepted(tenant, launched, null);
    }

    /// A run that was asked for as a job, or the identical one that is under way.
    public JobId launch(
            TenantId tenant,
            TemplatePath path,
            Map<String, Object> given,
            int priority,
            @Nullable Integer retriesMax,
            @Nullable String userId) {
        Template template = template(tenant, path);
        Map<String, Object> parameters = Parameters.of(template.parameters(), given).orRefuse();
        requireDates(parameters);
        return engine.launcher()
                .launch(
                        new RunRequest(
                                tenant,
                                template.path(),
                                parameters,
                                "job",
                                userId,
                                null,
                                priority,
                                retriesMax,
                                pool(parameters),
                                null),
                        engine.clock().instant())
                .job();
    }

    /// Another attempt of a failed run that was asked for as a job.
    public JobId again(Job failed, @Nullable Integer priority, @Nullable String userId) {
        RunView run = engine.runs().find(failed.tenant(), failed.id());
        return engine.launcher()
                .launch(
                        new RunRequest(
                                failed.tenant(),
                                new TemplatePath(run.provider(), run.domain(), run.templateName()),
                                run.parameters(),
                                "manual_retry",
                                userId,
                                run.config(),
                                priority == null ? failed.priority() : priority,
                                null,
                                failed.pool(),
                                failed),
                        engine.clock().instant())
                .job();
    }

    /// Another attempt of a run that failed, because somebody asked for it.
    ///
    /// @param fromStep null for all of it
    RunAcceptedAnswer retry(RunView failed, @Nullable String fromStep, @Nullable String userId) {
        if (!failed.state().equals("FAILED")) {
            throw new EngineException(
                    ErrorCode.CONFLICT,
                    "Only a FAILED run can be retried; this one is " + failed.state() + ".");
        }
        Job job = engine.queue().find(failed.job()).orElseThrow();
        if (fromStep == null) {
            return accepted(
                    failed.tenant(), again(failed, job, null, userId), failed.run().toString());
        }
        List<StepSpec> steps = ordinary(template(failed));
        Repetition repetition = repetitions.of(failed, job, steps, fromStep);
        return accepted(
                        failed.tenant(),
                        again(failed, job, repetition, userId),
                        failed.run().toString())
                .saying(Repetitions.sentence(repetition.leftOut(steps)));
    }

    private Launched again(
            RunView failed, Job job, @Nullable Repetition repetition, @Nullable String userId) {
        return engine.launcher()
                .launch(
                        new RunRequest(
                                failed.tenant(),
                                path(failed),
                                failed.parameters(),
                                "manual_retry",
                                userId,
                                failed.config(),
                                failed.priority(),
                                null,
                                job.pool(),
                                job,
                                repetition),
                        engine.clock().instant());
    }

    private static TemplatePath path(RunView run) {
        return new TemplatePath(run.provider(), run.domain(), run.templateName());
    }

    private Template template(RunView run) {
        return template(run.tenant(), path(run));
    }

    private RunAcceptedAnswer accepted(
            TenantId tenant, Launched launched, @Nullable String original) {
        String status = engine.runs().find(launched.job()).map(RunView::state).orElse("PENDING");
        return new RunAcceptedAnswer(
                launched.job().run().toString(),
                launched.job().toString(),
                original,
                launched.pipelineId(),
                tenant.value(),
                tenant.value(),
                status,
                launched.isDuplicate(),
                false,
                null,
                launched.isDuplicate()
                        ? "An identical run is under way; this request joined it."
                        : "The run was accepted.");
    }

    /// The steps that a run would have, once the template has agreed to its parameters.
    List<PlannedStep> plan(TenantId tenant, TemplatePath path, Map<String, Object> given) {
        Template template = template(tenant, path);
        Map<String, Object> parameters = Parameters.of(template.parameters(), given).orRefuse();
        requireDates(parameters);
        pool(parameters);
        return plan(template);
    }

    private static List<PlannedStep> plan(Template template) {
        return StepOrder.of(ordinary(template)).levels().entrySet().stream()
                .map(step -> new PlannedStep(step.getKey(), step.getValue()))
                .toList();
    }

    private static RunAcceptedAnswer planned(
            TenantId tenant, String pipelineId, List<PlannedStep> steps) {
        return new RunAcceptedAnswer(
                null,
                null,
                null,
                pipelineId,
                tenant.value(),
                tenant.value(),
                "PLANNED",
                false,
                true,
                steps,
                "A dry run: nothing was started and nothing counted.");
    }

    /// Notifications come after the end, so they are no part of the order.
    private static List<StepSpec> ordinary(Template template) {
        return template.steps().stream()
                .filter(step -> step.trigger() == StepSpec.Trigger.NONE)
                .toList();
    }

    Template template(TenantId tenant, TemplatePath path) {
        return templates
                .find(tenant, path)
                .orElseThrow(() ->
                        new EngineException(
                                ErrorCode.PIPELINE_NOT_FOUND,
                                "There is no pipeline template "
                                        + path
                                        + ". GET /api/v1/pipelines/templates lists those there are."));
    }

    private static void requireDates(Map<String, Object> parameters) {
        AskedDates.in(parameters)
                .flatMap(AskedDates::fault)
                .ifPresent(fault -> {
                    throw EngineException.invalidField(fault.field(), fault.code(), fault.detail());
                });
    }

    private @Nullable String pool(Map<String, Object> parameters) {
        if (!(parameters.get("pool") instanceof String pool)) {
            return null;
        }
        if (!pools.isDeclared(pool)) {
            throw EngineException.invalidField(
                    "parameters.pool",
                    "UNKNOWN_POOL",
                    "is not a pool that this installation declares.");
        }
        return pool;
    }

    private static String pipelineId(TenantId tenant, TemplatePath path) {
        return PipelineConfig.pipelineId(tenant, path.provider(), path.domain(), path.name());
    }
}
