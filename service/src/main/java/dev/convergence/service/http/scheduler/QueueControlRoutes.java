package dev.convergence.service.http.scheduler;

import dev.convergence.api.scheduler.StartAnswer;
import dev.convergence.api.scheduler.StartAnswer.RecoveryStats;
import dev.convergence.api.scheduler.StartRequest;
import dev.convergence.api.scheduler.StopAnswer;
import dev.convergence.api.scheduler.StopRequest;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.GroupId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.loop.Waiter;
import dev.convergence.engine.queue.LaneView;
import dev.convergence.engine.queue.Lanes;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// A tenant's own queue, stopped and started.
///
/// Stopping keeps jobs from being started, and nothing else: schedules go on making them. It lasts
/// over restarts.
@RestController
public final class QueueControlRoutes {

    private static final BigDecimal TIMEOUT_DEFAULT = BigDecimal.valueOf(30);
    private static final BigDecimal TIMEOUT_MAX = BigDecimal.valueOf(300);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Rooms engine;
    private final Lanes lanes;

    public QueueControlRoutes(Rooms engine) {
        this.engine = engine;
        lanes = engine.lanes();
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_EXECUTE)
    @PostMapping("/api/v1/scheduler/start")
    public StartAnswer start(
            @RequestBody(required = false) @Nullable StartRequest request, Caller.Tenant caller) {
        TenantId tenant = caller.tenant();
        if (!lanes.view(tenant).isPaused()) {
            return new StartAnswer(true, "RUNNING", "The queue was running already.", null);
        }
        boolean recovers = request == null || !Boolean.FALSE.equals(request.runRecovery());
        // Work of a dead node would never be drained.
        RecoveryStats stats = recovers ? recover(tenant) : null;
        if (lanes.start(tenant) == LaneView.State.STOPPING) {
            throw new EngineException(
                    ErrorCode.CONFLICT,
                    "The queue is STOPPING: what ran when it was stopped has not ended. Start it"
                            + " again when nothing runs.");
        }
        return new StartAnswer(true, "RUNNING", "The queue starts jobs again.", stats);
    }

    /// A step that fails refuses the start, so there are no errors to report beside the counts.
    private RecoveryStats recover(TenantId tenant) {
        List<Job> rescued =
                engine.rescuer().rescued(engine.clock().instant()).stream()
                        .map(engine.queue()::find)
                        .flatMap(Optional::stream)
                        .filter(job -> job.tenant().equals(tenant))
                        .toList();
        Set<GroupId> groups =
                rescued.stream()
                        .map(job -> Optional.ofNullable(job.ties().group()))
                        .flatMap(Optional::stream)
                        .collect(Collectors.toSet());
        return new RecoveryStats(
                rescued.size(),
                0,
                engine.jobBook().retriesOf(tenant, rescued.stream().map(Job::id).toList()),
                groups.size(),
                List.of());
    }

    /// Waits for what runs, and interrupts nothing.
    @Access(value = Who.TENANT, scope = Scope.PIPELINES_EXECUTE)
    @PostMapping("/api/v1/scheduler/stop")
    public StopAnswer stop(
            @RequestBody(required = false) @Nullable StopRequest request, Caller.Tenant caller)
            throws InterruptedException {
        Duration timeout = timeout(request == null ? null : request.timeout());
        lanes.pause(caller.tenant());
        long looks = Math.max(1, timeout.dividedBy(PAUSE));
        LaneView lane = lanes.view(caller.tenant());
        for (long look = 0; look < looks && lane.state() == LaneView.State.STOPPING; look++) {
            new Waiter().await(PAUSE);
            lane = lanes.view(caller.tenant());
        }
        return answer(lane);
    }

    private static StopAnswer answer(LaneView lane) {
        return switch (lane.state()) {
            case STOPPED -> new StopAnswer(true, "STOPPED", "Nothing runs and nothing starts.");
            case STOPPING ->
                    new StopAnswer(
                            false,
                            "STOPPING",
                            "Nothing starts; %d still run. The queue can be started again when"
                                            .formatted(lane.running())
                                    + " they have ended.");
            case RUNNING ->
                    new StopAnswer(false, "RUNNING", "Somebody else started the queue meanwhile.");
        };
    }

    private static Duration timeout(@Nullable BigDecimal given) {
        BigDecimal seconds = given == null ? TIMEOUT_DEFAULT : given;
        if (seconds.compareTo(BigDecimal.ONE) < 0 || seconds.compareTo(TIMEOUT_MAX) > 0) {
            throw EngineException.invalidField(
                    "timeout", "OUT_OF_RANGE", "is a number of seconds from 1 to 300.");
        }
        return Duration.ofMillis(seconds.movePointRight(3).longValue());
    }
}
