package dev.convergence.service.http.pipeline;

import dev.convergence.api.pipeline.ConfigAnswer;
import dev.convergence.api.pipeline.ConfigRequest;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.pipeline.ConfigDraft;
import dev.convergence.engine.pipeline.PipelineConfig;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Configs as words on the wire.
final class ConfigWords {

    private static final Set<String> SCHEDULE_TYPES =
            Set.of("HOURLY", "DAILY", "WEEKLY", "MONTHLY", "CUSTOM");

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2101-01-01T00:00:00Z");

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
                dueTime(request.nextRunTime()));
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

    static ConfigDraft active(boolean isActive) {
        return new ConfigDraft(
                null, null, null, null, null, null, null, isActive, null, null, null, null, null);
    }

    static ConfigAnswer config(PipelineConfig config, boolean templateExists) {
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
                config.nextRunTime(),
                config.lastRunTime(),
                config.lastRunStatus(),
                config.parameters(),
                config.priority(),
                config.retry(),
                config.notificationEmails(),
                config.createdAt(),
                config.updatedAt());
    }
}
