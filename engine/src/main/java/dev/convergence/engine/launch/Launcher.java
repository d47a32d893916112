package dev.convergence.engine.launch;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCategory;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.event.EngineEvent.RunRefused;
import dev.convergence.engine.event.Events;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.Origin;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.job.Ties;
import dev.convergence.engine.job.TriggerType;
import dev.convergence.engine.pipeline.PipelineConfig;
import dev.convergence.engine.queue.Queue;
import dev.convergence.engine.quota.QuotaLedger;
import dev.convergence.engine.quota.QuotaState;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.template.Repetition;
import dev.convergence.engine.template.TemplatePath;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Begins runs that somebody asked for.
public final class Launcher {

    private static final int RETRY_AFTER_SECONDS = 300;

    private final Database database;
    private final Queue queue;
    private final RetryDefaults retries;
    private final Events events;

    public Launcher(Database database, Queue queue, RetryDefaults retries, Events events) {
        this.database = database;
        this.queue = queue;
        this.retries = retries;
        this.events = events;
    }

    /// Accepts a run, or answers the identical one that is under way.
    ///
    /// @throws EngineException DAILY_QUOTA_EXCEEDED, MONTHLY_QUOTA_EXCEEDED,
    ///   CONCURRENT_LIMIT_EXCEEDED
    public Launched launch(RunRequest request, Instant now) {
        Job job = job(request, now);
        Optional<JobId> underWay = acceptOrTell(job, now);
        if (underWay.isEmpty()) {
            queue.committed(Set.of(request.tenant()));
        }
        return new Launched(underWay.orElse(job.id()), pipelineId(request), underWay.isPresent());
    }

    private Optional<JobId> acceptOrTell(Job job, Instant now) {
        try {
            return database.inTransaction(handle -> accept(handle, job, now));
        } catch (EngineException refusal) {
            tell(job.tenant(), refusal.code(), now);
            throw refusal;
        }
    }

    /// A refusal leaves no run behind: it is seen in the day's usage, and counted.
    private void tell(TenantId tenant, ErrorCode refusal, Instant now) {
        if (refusal == ErrorCode.DAILY_QUOTA_EXCEEDED
                || refusal == ErrorCode.MONTHLY_QUOTA_EXCEEDED) {
            database.transact(handle -> QuotaLedger.refused(handle, tenant, now));
        }
        if (refusal.category() == ErrorCategory.QUOTA) {
            events.publish(new RunRefused(tenant, refusal.name()));
        }
    }

    private Optional<JobId> accept(Handle handle, Job job, Instant now) {
        Optional<JobId> underWay = queue.beginFlight(handle, job);
        if (underWay.isEmpty()) {
            QuotaState quota = QuotaLedger.lock(handle, job.tenant(), now);
            if (quota.remaining() < 1) {
                throw quota.refusal(now);
            }
            refuseAboveConcurrentLimit(handle, job.tenant());
            QuotaLedger.reserve(handle, job.tenant(), quota, 1, now);
            queue.enqueue(handle, List.of(job));
        }
        return underWay;
    }

    // One statement, one snapshot: a job that is being claimed is counted in one place or the
    // other.
    // The usage row's lock keeps other acceptances of this tenant out until this one is committed.
    private static final String OCCUPIED =
            """
            SELECT concurrent_limit,
                   running + (SELECT count(*)::int FROM ready WHERE ready.tenant_id = lane.tenant_id AND is_manual)
                     + (SELECT count(*)::int FROM parked WHERE parked.tenant_id = lane.tenant_id AND is_manual) AS occupied
            FROM lane WHERE tenant_id = :tenant
            """;

    private record Occupied(int limit, int used) {}

    private static void refuseAboveConcurrentLimit(Handle handle, TenantId tenant) {
        Occupied occupied =
                handle.createQuery(OCCUPIED)
                        .bind("tenant", tenant.value())
                        .map((row, _) -> new Occupied(row.getInt(1), row.getInt(2)))
                        .one();
        if (occupied.used() >= occupied.limit()) {
            throw new EngineException(
                    ErrorCode.CONCURRENT_LIMIT_EXCEEDED,
                    "The concurrent pipeline limit is reached (%d/%d): quota exceeded for runs at the same time. Wait for a run to end, or raise the plan."
                            .formatted(occupied.used(), occupied.limit()),
                    List.of(),
                    Map.of(
                            "limit",
                            occupied.limit(),
                            "used",
                            occupied.used(),
                            "remaining",
                            0,
                            "retry_after",
                            RETRY_AFTER_SECONDS));
        }
    }

    private Job job(RunRequest request, Instant now) {
        JobId id = JobId.next(now);
        Job failed = request.retryOf();
        return new Job(
                        id,
                        request.tenant(),
                        Job.PIPELINE,
                        params(request),
                        request.priority(),
                        failed == null ? 0 : failed.attempt() + 1,
                        failed == null ? null : failed.id(),
                        failed == null ? id : failed.root(),
                        retryPolicy(request),
                        request.pool(),
                        origin(request, failed == null ? now : failed.asOf()))
                .ties(failed == null ? Ties.NONE : Ties.NONE.retriedByHand());
    }

    /// A retry by hand keeps the instant at which its config was due, and so its days.
    private static Origin origin(RunRequest request, Instant asOf) {
        String pipelineId = pipelineId(request);
        return new Origin(
                pipelineId,
                request.config(),
                request.retryOf() == null ? null : request.retryOf().origin().slotAt(),
                TriggerType.API,
                request.triggerBy(),
                request.userId(),
                FlightKey.ofRequest(pipelineId, request.parameters(), asOf));
    }

    private RetryPolicy retryPolicy(RunRequest request) {
        RetryPolicy standard = retries.of(request.tenant(), request.template());
        Integer retriesMax = request.retriesMax();
        if (request.retryOf() != null) {
            return standard.withRetriesMax(0);
        }
        return retriesMax == null ? standard : standard.withRetriesMax(retriesMax);
    }

    private static String pipelineId(RunRequest request) {
        TemplatePath path = request.template();
        return PipelineConfig.pipelineId(
                request.tenant(), path.provider(), path.domain(), path.name());
    }

    private static Map<String, Object> params(RunRequest request) {
        Map<String, Object> params = params(request.template(), request.parameters());
        Repetition repetition = request.repetition();
        if (repetition != null) {
            params.put("from_step", repetition.from());
            params.put("done_steps", repetition.done().stream().sorted().toList());
        }
        return params;
    }

    /// What a pipeline job carries: which template, and the parameters of this run.
    public static Map<String, Object> params(TemplatePath path, Map<String, Object> parameters) {
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("provider", path.provider());
        params.put("domain", path.domain());
        params.put("template_name", path.name());
        params.put("parameters", parameters);
        return params;
    }
}
