package dev.convergence.service.http.scheduler;

import dev.convergence.api.scheduler.ExplainAnswer;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.FieldFaults;
import dev.convergence.engine.pipeline.Schedules;
import dev.convergence.engine.time.Cadence;
import dev.convergence.engine.time.DstGap;
import dev.convergence.engine.time.DstOverlap;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Page;
import dev.convergence.service.http.Who;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Says what a cron expression means, before anybody schedules by it.
@RestController
public final class ExplainRoutes {

    private static final int COUNT = 5;
    private static final int COUNT_MAX = 100;

    private final InstantSource clock;

    public ExplainRoutes(Rooms engine) {
        clock = engine.clock();
    }

    @Access(Who.TENANT_OR_OPERATOR)
    @GetMapping("/api/v1/scheduler/explain")
    public ExplainAnswer explain(
            @RequestParam(name = "cron", required = false) @Nullable String cron,
            @RequestParam(name = "timezone", defaultValue = "UTC") String timezone,
            @RequestParam(name = "count", required = false) @Nullable String count,
            @RequestParam(name = "from", required = false) @Nullable String from,
            @RequestParam(name = "dst_gap", required = false) @Nullable String gapText,
            @RequestParam(name = "dst_overlap", required = false) @Nullable String overlapText) {
        if (cron == null || cron.isBlank()) {
            throw EngineException.invalidField("cron", "REQUIRED", "is required.");
        }
        int wanted = Page.limit("count", count, COUNT, COUNT_MAX);
        FieldFaults faults = new FieldFaults();
        DstGap gap = faults.word("dst_gap", gapText, DstGap.class);
        DstOverlap overlap = faults.word("dst_overlap", overlapText, DstOverlap.class);
        faults.refuseIfAny();
        Instant start = SlotRoutes.time("from", from);
        Cadence cadence = Schedules.cadence(cron, timezone, gap, overlap);
        return Explanation.of(cadence, start == null ? clock.instant() : start, wanted);
    }
}
