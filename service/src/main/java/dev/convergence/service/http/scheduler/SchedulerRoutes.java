package dev.convergence.service.http.scheduler;

import dev.convergence.api.scheduler.CleanupAnswer;
import dev.convergence.api.scheduler.CleanupRequest;
import dev.convergence.api.scheduler.ProcessAnswer;
import dev.convergence.api.scheduler.ResetAnswer;
import dev.convergence.api.scheduler.TriggerAnswer;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.queue.Claim;
import dev.convergence.engine.quota.QuotaReset;
import dev.convergence.engine.schedule.JobScheduler;
import dev.convergence.engine.schedule.Triggered;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Page;
import dev.convergence.service.http.Who;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What an operator, or a clock outside, can make the scheduler do.
@RestController
public final class SchedulerRoutes {

    private static final int TRIGGER_LIMIT_MAX = 1000;
    private static final int PROCESS_ITEMS_MAX = 100;
    private static final int TIMEOUT_MINUTES_DEFAULT = 60;
    private static final int TIMEOUT_MINUTES_MAX = 100_000;

    private final Rooms engine;
    private final JobScheduler jobScheduler;

    public SchedulerRoutes(Rooms engine, JobScheduler jobScheduler) {
        this.engine = engine;
        this.jobScheduler = jobScheduler;
    }

    @Access(Who.OPERATOR)
    @PostMapping("/api/v1/scheduler/trigger")
    public TriggerAnswer trigger(
            @RequestParam(name = "limit", required = false) @Nullable String limitText) {
        Integer limit = limitText == null ? null : Page.limit(limitText, 1, TRIGGER_LIMIT_MAX);
        Instant now = engine.clock().instant();
        Triggered triggered =
                engine.scheduler().trigger(now, limit == null ? Integer.MAX_VALUE : limit);
        jobScheduler.fireAll(now);
        return SchedulerWords.triggered(triggered, limit, now);
    }

    @Access(Who.OPERATOR)
    @PostMapping({"/api/v1/scheduler/process-queue", "/api/v1/scheduler/process"})
    public ProcessAnswer processQueue(
            @RequestParam(name = "max_items", required = false) @Nullable String maxItems)
            throws InterruptedException {
        int items = Page.limit("max_items", maxItems, 1, PROCESS_ITEMS_MAX);
        Instant now = engine.clock().instant();
        engine.queue().promoteDue(now);
        List<Claim> claimed = engine.worker().process(items, now);
        return SchedulerWords.processed(claimed);
    }

    @Access(Who.OPERATOR)
    @PostMapping("/api/v1/scheduler/reset-daily-quotas")
    public ResetAnswer resetDailyQuotas() {
        Instant now = engine.clock().instant();
        QuotaReset.Result result = new QuotaReset(engine.database()).reset(now);
        return new ResetAnswer(
                "success",
                result.updated(),
                result.archived(),
                "The daily counters of " + result.updated() + " tenants were set to zero.",
                now);
    }

    @Access(Who.OPERATOR)
    @PostMapping("/api/v1/scheduler/cleanup-orphaned-pipelines")
    public CleanupAnswer cleanUpOrphans(
            @RequestParam(name = "timeout_minutes", required = false) @Nullable String query,
            @RequestBody(required = false) @Nullable CleanupRequest body) {
        Instant now = engine.clock().instant();
        Map<TenantId, Integer> cleaned =
                engine.orphanCleanup().clean(Duration.ofMinutes(timeout(query, body)), now);
        long tenants = engine.queueReport().activeTenants();
        return SchedulerWords.cleaned(cleaned, tenants, engine.repairs().repair(), now);
    }

    private static int timeout(@Nullable String query, @Nullable CleanupRequest body) {
        Integer minutes = body == null ? null : body.timeoutMinutes();
        String text = query == null && minutes != null ? minutes.toString() : query;
        try {
            int given = text == null ? TIMEOUT_MINUTES_DEFAULT : Integer.parseInt(text);
            if (given >= 1 && given <= TIMEOUT_MINUTES_MAX) {
                return given;
            }
        } catch (NumberFormatException wrong) {
            // The sentence below says what is expected.
        }
        throw EngineException.invalidField(
                "timeout_minutes", "OUT_OF_RANGE", "is a whole number of minutes, 1 or more.");
    }
}
