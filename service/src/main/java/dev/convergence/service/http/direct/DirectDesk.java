package dev.convergence.service.http.direct;

import dev.convergence.api.job.JobRunAnswer;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.direct.DirectEnd;
import dev.convergence.engine.direct.DirectRequest;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.error.FieldFaults;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.JobTypes;
import dev.convergence.engine.job.Ties;
import dev.convergence.engine.job.TriggerType;
import dev.convergence.engine.jobtemplate.RetryWish;
import dev.convergence.engine.launch.JobLauncher;
import dev.convergence.engine.launch.JobRequest;
import dev.convergence.engine.queue.DirectStart.Reason;
import dev.convergence.engine.run.JobRun;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.job.JobWords;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Has work done while its caller waits, and answers its run.
public final class DirectDesk {

    private static final int TIMEOUT_MAX = (int) DirectRequest.TIMEOUT_MAX.toSeconds();
    private static final RetryWish NEVER_AGAIN = new RetryWish(0, null);

    private final Rooms engine;
    private final JobLauncher launcher;

    public DirectDesk(Rooms engine, JobLauncher launcher) {
        this.engine = engine;
        this.launcher = launcher;
    }

    JobRunAnswer execute(
            String givenType,
            Map<String, Object> params,
            @Nullable Integer timeoutSeconds,
            Caller.Tenant caller,
            BooleanSupplier callerIsGone)
            throws InterruptedException {
        FieldFaults faults = new FieldFaults();
        String type = JobTypes.checked("job_type", givenType, faults);
        if (type.equals(Job.PIPELINE)) {
            faults.add(
                    "job_type",
                    "NOT_DIRECT",
                    "is no pipeline: start one by POST /api/v1/pipelines/run/….");
        }
        faults.range("timeout_seconds", timeoutSeconds, 1, TIMEOUT_MAX);
        faults.refuseIfAny();
        JobRequest wanted =
                new JobRequest(
                        caller.tenant(),
                        type,
                        params,
                        0,
                        NEVER_AGAIN,
                        Ties.DIRECT,
                        TriggerType.API,
                        caller.userId());
        Duration timeout =
                Duration.ofSeconds(Objects.requireNonNullElse(timeoutSeconds, TIMEOUT_MAX));
        DirectEnd end =
                engine.direct()
                        .execute(
                                new DirectRequest(
                                        caller.tenant(),
                                        now -> launcher.job(wanted, now),
                                        ReservationRoutes.who(caller),
                                        timeout),
                                callerIsGone);
        return answer(caller.tenant(), end, timeout);
    }

    private JobRunAnswer answer(TenantId tenant, DirectEnd end, Duration timeout) {
        return switch (end) {
            case DirectEnd.Executed(JobId job) -> answer(engine.jobRuns().find(tenant, job));
            case DirectEnd.TimeUp timeUp -> throw timeUp(timeUp, timeout);
            case DirectEnd.Refused(Reason reason) -> throw refused(reason);
            case DirectEnd.CallerGone _ ->
                    throw new EngineException(
                            ErrorCode.CONFLICT, "The caller went away before the work started.");
            case DirectEnd.NodeStops _ ->
                    throw new EngineException(
                            ErrorCode.SERVICE_UNAVAILABLE,
                            "This node is stopping and did not start the work: ask again.");
        };
    }

    private static JobRunAnswer answer(JobRun run) {
        if (run.status() == null) {
            throw new EngineException(
                    ErrorCode.SERVICE_UNAVAILABLE,
                    "The work was done, but its result could not be written: run "
                            + run.id()
                            + " ends FAILED.");
        }
        return JobWords.run(run);
    }

    private static EngineException timeUp(DirectEnd.TimeUp end, Duration timeout) {
        String what =
                end.job()
                        .map(job ->
                                "the work did not end in it and was cancelled: run " + job.run())
                        .orElse("the work did not start in it, and nothing was executed");
        Map<String, Object> facts =
                end.job()
                        .map(job -> Map.<String, Object>of("run_id", job.run().toString()))
                        .orElse(Map.of());
        return new EngineException(
                ErrorCode.EXECUTION_TIMEOUT,
                "The time of %d seconds is up; %s. Ask again, or put in a job."
                        .formatted(timeout.toSeconds(), what),
                List.of(),
                facts);
    }

    private static EngineException refused(Reason reason) {
        return switch (reason) {
            case RESERVATION_ENDED ->
                    new EngineException(
                            ErrorCode.CONFLICT,
                            "The reservation was released before the work could start: ask again.");
            case TENANT_SUSPENDED ->
                    new EngineException(
                            ErrorCode.CUSTOMER_SUSPENDED,
                            "This tenant was suspended: ask the operator to activate it.");
            case NO_LIMIT ->
                    new EngineException(
                            ErrorCode.CONCURRENT_LIMIT_EXCEEDED,
                            "The concurrent limit is 0, so nothing may run: raise the plan.");
        };
    }
}
