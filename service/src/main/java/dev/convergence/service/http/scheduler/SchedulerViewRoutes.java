package dev.convergence.service.http.scheduler;

import dev.convergence.api.pipeline.RunAnswer;
import dev.convergence.api.scheduler.QueueStatusAnswer;
import dev.convergence.api.scheduler.ScheduledRunsAnswer;
import dev.convergence.api.scheduler.StatusAnswer;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.run.QueueReport;
import dev.convergence.engine.run.RunFilter;
import dev.convergence.engine.run.RunView;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Cursor;
import dev.convergence.service.http.Page;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import dev.convergence.service.http.pipeline.RunControl;
import dev.convergence.service.http.pipeline.RunStates;
import dev.convergence.service.http.pipeline.RunWords;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What the scheduler shows: counts, scheduled runs, monitoring views.
@RestController
public final class SchedulerViewRoutes {

    private static final int DEFAULT_LIMIT = 50;
    private static final int OFFSET_MAX = 100_000;

    private final Rooms engine;
    private final RunControl control;

    public SchedulerViewRoutes(Rooms engine, RunControl control) {
        this.engine = engine;
        this.control = control;
    }

    @Access(Who.TENANT_OR_OPERATOR)
    @GetMapping("/api/v1/scheduler/status")
    public StatusAnswer status(Caller caller) {
        return SchedulerWords.status(counts(caller), queue(caller));
    }

    /// A tenant sees what its own queue does; the operator has none.
    private StatusAnswer.@Nullable Queue queue(Caller caller) {
        TenantId tenant = ownTenant(caller);
        return tenant == null
                ? null
                : SchedulerWords.queue(
                        engine.lanes().view(tenant),
                        engine.jobBook().running(tenant, Page.LIMIT_MAX),
                        engine.reservations().active(tenant, engine.clock().instant()).isPresent(),
                        engine.jobBook().counts(tenant, engine.clock().instant()));
    }

    @Access(Who.TENANT_OR_OPERATOR)
    @GetMapping("/api/v1/scheduler/queue/status")
    public QueueStatusAnswer queueStatus(Caller caller) {
        return SchedulerWords.queue(counts(caller));
    }

    private QueueReport.Counts counts(Caller caller) {
        return engine.queueReport().counts(ownTenant(caller), engine.clock().instant());
    }

    private static @Nullable TenantId ownTenant(Caller caller) {
        return caller instanceof Caller.Tenant tenant ? tenant.tenant() : null;
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping("/api/v1/scheduler/scheduled")
    public ScheduledRunsAnswer scheduled(@RequestParam Map<String, String> query, Caller caller) {
        int limit = Page.limit(query.get("limit"), DEFAULT_LIMIT, Page.LIMIT_MAX);
        Cursor cursor = Cursor.decode(query.get("cursor"), "scheduled", 1);
        RunFilter filter =
                new RunFilter(
                        tenant(caller, query),
                        query.get("pipeline_id"),
                        null,
                        query.containsKey("state")
                                ? RunStates.checked("state", query.get("state"))
                                : RunStates.checked("status", query.get("status")),
                        true,
                        date(query.get("date")),
                        null,
                        cursor == null ? null : JobId.of(cursor.uuid(0)),
                        limit + 1,
                        offset(query.get("offset")));
        List<RunView> found = engine.runs().list(filter);
        List<RunAnswer> shown = found.stream().limit(limit).map(RunWords::run).toList();
        String next =
                found.size() > limit ? Cursor.encode("scheduled", shown.getLast().jobId()) : null;
        long total = engine.runs().count(filter, engine.clock().instant());
        return new ScheduledRunsAnswer(shown, total, next);
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping("/api/v1/scheduler/scheduled/{run_id}")
    public RunAnswer scheduledRun(@PathVariable("run_id") UUID runId, Caller caller) {
        return RunWords.run(control.find(caller, runId));
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping("/api/v1/scheduler/scheduled/{run_id}/retries")
    public ScheduledRunsAnswer retries(@PathVariable("run_id") UUID runId, Caller caller) {
        RunView run = control.find(caller, runId);
        RunFilter filter =
                new RunFilter(
                        run.tenant(),
                        null,
                        null,
                        null,
                        false,
                        null,
                        run.job(),
                        null,
                        Page.LIMIT_MAX,
                        0);
        List<RunAnswer> retries = engine.runs().list(filter).stream().map(RunWords::run).toList();
        return new ScheduledRunsAnswer(retries, retries.size(), null);
    }

    @Access(Who.OPERATOR)
    @GetMapping("/api/v1/scheduler/views/{name}")
    public Map<String, Object> view(
            @PathVariable("name") String name,
            @RequestParam(name = "limit", required = false) @Nullable String limit) {
        if (!QueueReport.isView(name)) {
            throw EngineException.notFound("There is no monitoring view '" + name + "'.");
        }
        List<Map<String, Object>> rows =
                engine.queueReport().view(name, Page.limit(limit), engine.clock().instant());
        return Map.of("name", name, "rows", rows, "total", rows.size());
    }

    /// A tenant sees its own; an operator may name one under any of the names in use.
    private static @Nullable TenantId tenant(Caller caller, Map<String, String> query) {
        String named =
                query.getOrDefault(
                        "tenant_id", query.getOrDefault("customer_id", query.get("customer")));
        TenantId own = ownTenant(caller);
        if (own == null) {
            return named == null ? null : new TenantId(named);
        }
        if (named != null && !named.equals(own.value())) {
            throw new EngineException(
                    ErrorCode.FORBIDDEN,
                    "The key is of tenant " + own + ", the request names " + named + ".");
        }
        return own;
    }

    private static @Nullable LocalDate date(@Nullable String text) {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeException wrong) {
            throw new EngineException(
                    ErrorCode.INVALID_DATE_FORMAT, "date is a calendar day as YYYY-MM-DD.");
        }
    }

    private static int offset(@Nullable String text) {
        try {
            int offset = text == null ? 0 : Integer.parseInt(text);
            if (offset >= 0 && offset <= OFFSET_MAX) {
                return offset;
            }
        } catch (NumberFormatException wrong) {
            // The sentence below says what is expected.
        }
        throw EngineException.invalidField(
                "offset", "OUT_OF_RANGE", "is a whole number from 0 to " + OFFSET_MAX + ".");
    }
}
