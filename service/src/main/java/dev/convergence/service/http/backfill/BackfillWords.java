package dev.convergence.service.http.backfill;

import dev.convergence.api.backfill.BackfillAnswer;
import dev.convergence.api.backfill.BackfillInstantAnswer;
import dev.convergence.api.backfill.BackfillRequest;
import dev.convergence.engine.backfill.Backfill;
import dev.convergence.engine.backfill.Backfill.Counts;
import dev.convergence.engine.backfill.Backfill.Direction;
import dev.convergence.engine.backfill.Backfill.Mode;
import dev.convergence.engine.backfill.Backfill.Obstacle;
import dev.convergence.engine.backfill.Backfill.Request;
import dev.convergence.engine.backfill.BackfillInstant;
import dev.convergence.engine.backfill.BackfillPlan;
import dev.convergence.engine.backfill.BackfillPlan.QuotaEffect;
import dev.convergence.engine.backfill.PlannedInstant;
import dev.convergence.engine.error.FieldFaults;
import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Backfills' words on the wire and in the engine.
public final class BackfillWords {

    private static final String LIVE = "RUNNING";

    private BackfillWords() {}

    /// @param carriesDate whether the config's template has a parameter `date`
    static Request request(BackfillRequest asked, boolean carriesDate) {
        FieldFaults faults = new FieldFaults();
        required(faults, "start_date", asked.startDate());
        required(faults, "end_date", asked.endDate());
        Mode mode = faults.word("mode", asked.mode(), Mode.class);
        Direction order = faults.word("order", asked.order(), Direction.class);
        faults.refuseIfAny();
        return new Request(
                Objects.requireNonNull(asked.startDate()),
                Objects.requireNonNull(asked.endDate()),
                Objects.requireNonNullElse(mode, Mode.MISSING),
                Objects.requireNonNullElse(order, Direction.OLDEST_FIRST),
                Objects.requireNonNullElse(asked.maxConcurrent(), 1),
                carriesDate,
                Objects.requireNonNullElse(asked.daysBack(), 0));
    }

    static ConfigId config(BackfillRequest asked) {
        FieldFaults faults = new FieldFaults();
        required(faults, "config_id", asked.configId());
        faults.refuseIfAny();
        return new ConfigId(Objects.requireNonNull(asked.configId()));
    }

    private static void required(FieldFaults faults, String field, @Nullable Object value) {
        if (value == null) {
            faults.add(field, "REQUIRED", "is required.");
        }
    }

    public static BackfillAnswer answer(Backfill backfill) {
        Obstacle obstacle = backfill.obstacle();
        return answer(
                backfill.id().toString(),
                backfill.tenant(),
                backfill.config(),
                backfill.request(),
                backfill.state().name(),
                progress(backfill.counts()),
                obstacle == null
                        ? null
                        : new BackfillAnswer.WaitingFor(
                                obstacle.cause().name(), obstacle.because()),
                backfill.endReason(),
                backfill.createdBy(),
                backfill.createdAt(),
                backfill.updatedAt(),
                backfill.endedAt(),
                null);
    }

    static BackfillAnswer answer(
            TenantId tenant, ConfigId config, Request request, BackfillPlan plan, Instant now) {
        int runs = plan.runs();
        return answer(
                null,
                tenant,
                config,
                request,
                "PLANNED",
                progress(new Counts(runs, runs, 0, 0, 0, 0, 0, 0)),
                null,
                null,
                null,
                now,
                now,
                null,
                new BackfillAnswer.Plan(
                        runs,
                        effect(plan.quota()),
                        plan.instants().stream().map(BackfillWords::planned).toList()));
    }

    private static BackfillAnswer answer(
            @Nullable String id,
            TenantId tenant,
            ConfigId config,
            Request request,
            String state,
            BackfillAnswer.Progress progress,
            BackfillAnswer.@Nullable WaitingFor waitingFor,
            @Nullable String endReason,
            @Nullable String createdBy,
            Instant createdAt,
            Instant updatedAt,
            @Nullable Instant endedAt,
            BackfillAnswer.@Nullable Plan plan) {
        return new BackfillAnswer(
                id,
                tenant.value(),
                tenant.value(),
                config.toString(),
                request.start(),
                request.end(),
                request.mode().name(),
                request.direction().name(),
                request.concurrentMax(),
                request.daysBack(),
                state,
                state,
                plan != null,
                progress,
                waitingFor,
                endReason,
                createdBy,
                createdAt,
                updatedAt,
                endedAt,
                plan);
    }

    private static BackfillAnswer.Progress progress(Counts counts) {
        int over = counts.total() - counts.waiting() - counts.live();
        double percent =
                counts.total() == 0 ? 100 : Math.floor(1000.0 * over / counts.total()) / 10;
        return new BackfillAnswer.Progress(
                counts.total(),
                counts.waiting(),
                counts.live(),
                counts.completed(),
                counts.failed(),
                counts.skipped(),
                counts.cancelled(),
                counts.leftOut(),
                percent);
    }

    private static BackfillAnswer.QuotaEffect effect(QuotaEffect quota) {
        return new BackfillAnswer.QuotaEffect(
                quota.runs(),
                quota.dailyLimit(),
                quota.dailyUsed(),
                quota.keptToday(),
                quota.today(),
                quota.monthlyLimit(),
                quota.monthlyUsed(),
                quota.keptThisMonth(),
                quota.thisMonth());
    }

    private static BackfillAnswer.PlannedInstant planned(PlannedInstant instant) {
        LocalDate date = instant.date();
        return new BackfillAnswer.PlannedInstant(
                instant.dueAt(),
                date,
                instant.known(),
                instant.last(),
                instant.isWanted(),
                instant.leftOut());
    }

    public static BackfillInstantAnswer instant(BackfillInstant instant) {
        boolean live = instant.state() == BackfillInstant.State.LIVE;
        return new BackfillInstantAnswer(
                instant.dueAt(),
                live ? LIVE : instant.state().name(),
                instant.job() == null ? null : instant.job().toString(),
                instant.reason());
    }
}
