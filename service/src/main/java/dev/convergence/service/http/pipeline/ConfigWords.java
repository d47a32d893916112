package dev.convergence.service.http.pipeline;

import dev.convergence.api.pipeline.ConfigAnswer;
import dev.convergence.api.pipeline.ConfigPlanAnswer;
import dev.convergence.api.pipeline.ConfigRequest;
import dev.convergence.api.pipeline.RunAcceptedAnswer.PlannedStep;
import dev.convergence.api.pipeline.SchedulePolicyAnswer;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.pipeline.ConfigDraft;
import dev.convergence.engine.pipeline.Halt;
import dev.convergence.engine.pipeline.MissedRuns;
import dev.convergence.engine.pipeline.PipelineConfig;
import dev.convergence.engine.pipeline.SchedulePolicy;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Configs as words on the wire.
final class ConfigWords {

    private static final Set<String> SCHEDULE_TYPES =
            Set.of("HOURLY", "DAILY", "WEEKLY", "MONTHLY", "CUSTOM");

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2101-01-01T00:00:00Z");

    /// How many of the next instants are shown.
    private static final int NEXT = 5;

    private ConfigWords() {}

    static ConfigDraft draft(ConfigRequest request) {
        String type = request.scheduleType();
        if (type != null && !SCHEDULE_TYPES.contains(type.toUpperCase(Locale.ROOT))) {
            throw EngineException.invalidField(
                    "schedule_type",
                    "UNKNOWN_VALUE",
                    "is HOURLY, DAILY, WEEKLY, MONTHLY or CUSTOM.");
        }
        return new ConfigDraft(
                request.provider(),
                request.domain(),
                request.pipelineTemplate(),
                request.pipelineName(),
                request.description(),
                request.scheduleCron(),
                request.timezone(),
                request.isActive(),
                request.parameters(),
                request.priority(),
                request.retryConfig(),
                request.notificationEmails(),
                dueTime(request.nextRunTime()),
                request.schedulePolicy(),
                request.runMissed());
    }

    private static @Nullable Instant dueTime(@Nullable String text) {
        try {
            Instant time = text == null ? null : OffsetDateTime.parse(text).toInstant();
            if (time == null || (time.isAfter(EARLIEST) && time.isBefore(LATEST))) {
                return time;
            }
        } catch (DateTimeException wrong) {
            // The sentence below says what is expected.
        }
        throw EngineException.invalidField(
                "next_run_time",
                "INVALID_VALUE",
                "is a time such as 2026-11-22T02:00:00Z, from the year 2000 to 2100.");
    }

    static ConfigDraft active(boolean isActive, @Nullable Boolean runMissed) {
        return new ConfigDraft(
                null, null, null, null, null, null, null, isActive, null, null, null, null, null,
                null, runMissed);
    }

    static ConfigAnswer config(PipelineConfig config, boolean templateExists, Instant now) {
        boolean hasEnded = config.halt() == Halt.ENDED;
        return new ConfigAnswer(
                config.id().toString(),
                config.tenant().value(),
                config.tenant().value(),
                config.provider(),
                config.domain(),
                config.templateName(),
                config.templateName(),
                templateExists,
                config.pipelineName(),
                config.description(),
                config.cron(),
                config.cron(),
                config.zone().getId(),
                config.isActive(),
                state(config),
                config.haltReason(),
                hasEnded ? null : config.nextRunTime(),
                hasEnded ? null : config.timing().nominalAt(),
                hasEnded ? List.of() : nextRunTimes(config, now),
                config.lastRunTime(),
                config.lastRunStatus(),
                config.parameters(),
                config.priority(),
                config.retry(),
                config.notificationEmails(),
                policy(config),
                config.timing().firedRuns(),
                config.failuresInARow(),
                config.createdAt(),
                config.updatedAt());
    }

    static ConfigPlanAnswer plan(PipelineConfig config, List<PlannedStep> steps, Instant now) {
        return new ConfigPlanAnswer(
                true,
                config.tenant().value(),
                config.tenant().value(),
                config.provider(),
                config.domain(),
                config.templateName(),
                config.pipelineName(),
                config.cron(),
                config.zone().getId(),
                config.isActive(),
                nextRunTimes(config, now),
                config.parameters(),
                config.priority(),
                steps,
                "A dry run: the pipeline could be made, and nothing of it was kept.");
    }

    private static String state(PipelineConfig config) {
        if (config.isActive()) {
            return "ACTIVE";
        }
        Halt halt = config.halt();
        return halt == null ? Halt.PAUSED.name() : halt.name();
    }

    /// The one that is set, and what the cron says of the time after it and after now.
    private static List<Instant> nextRunTimes(PipelineConfig config, Instant now) {
        List<Instant> times = new ArrayList<>();
        Instant due = config.timing().nominalAt();
        if (config.isActive()) {
            times.add(config.nextRunTime());
        }
        Instant after = due.isAfter(now) && config.isActive() ? due : now;
        Instant end = config.policy().endAt();
        Integer most = config.policy().maxRuns();
        int left = most == null ? NEXT : Math.min(NEXT, most - config.timing().firedRuns());
        Optional<Instant> next = config.cadence().next(after);
        while (times.size() < left
                && next.isPresent()
                && (end == null || !next.get().isAfter(end))) {
            times.add(next.get().plus(config.spread()));
            next = config.cadence().next(next.get());
        }
        return times;
    }

    private static SchedulePolicyAnswer policy(PipelineConfig config) {
        SchedulePolicy policy = config.policy();
        return new SchedulePolicyAnswer(
                policy.dstGap().name(),
                config.cadence().overlap().name(),
                policy.missedRuns().name(),
                policy.missedRuns() == MissedRuns.ALL ? policy.missedRunsMax() : null,
                text(policy.latestStart()),
                policy.overlap().name(),
                text(policy.window()),
                config.spread().toSeconds(),
                policy.endAt(),
                policy.maxRuns(),
                policy.pauseAfterFailures());
    }

    private static @Nullable String text(@Nullable Duration duration) {
        return duration == null ? null : duration.toString();
    }
}
