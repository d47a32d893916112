package dev.convergence.engine.pipeline;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.error.FieldError;
import dev.convergence.engine.template.TemplatePath;
import dev.convergence.engine.time.Cadence;
import dev.convergence.engine.time.CronExpression;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Checks what a caller wants a config to be; all faulty fields are told at once.
final class ConfigRules {

    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");
    private static final int NAME_LENGTH_MAX = 200;
    private static final int DESCRIPTION_LENGTH_MAX = 2_000;
    private static final Map<String, long[]> RETRY_RANGES =
            Map.of(
                    "max_retries", new long[] {0, 10},
                    "backoff_multiplier", new long[] {0, 100},
                    "max_backoff_seconds", new long[] {0, 86_400});

    private ConfigRules() {}

    static void checkNew(ConfigDraft draft) {
        List<FieldError> faults = new ArrayList<>();
        required(faults, "provider", draft.provider());
        required(faults, "domain", draft.domain());
        required(faults, "pipeline_template", draft.templateName());
        required(faults, "schedule_cron", draft.cron());
        refuse(faults);
        check(draft);
    }

    static void check(ConfigDraft draft) {
        List<FieldError> faults = new ArrayList<>();
        length(faults, "pipeline_name", draft.pipelineName());
        String description = draft.description();
        if (description != null && description.length() > DESCRIPTION_LENGTH_MAX) {
            faults.add(
                    new FieldError(
                            "description",
                            "LENGTH",
                            "has at most " + DESCRIPTION_LENGTH_MAX + " characters."));
        }
        Integer priority = draft.priority();
        if (priority != null
                && (priority < PipelineConfig.PRIORITY_MIN
                        || priority > PipelineConfig.PRIORITY_MAX)) {
            faults.add(
                    new FieldError("priority", "OUT_OF_RANGE", "is a whole number from 1 to 10."));
        }
        checkRetry(faults, draft.retry());
        checkEmails(faults, draft.notificationEmails());
        refuse(faults);
    }

    /// The path also checks the names, so that no template outside the folders can be named.
    static TemplatePath path(String provider, String domain, String template) {
        return new TemplatePath(provider, domain, template);
    }

    static CronExpression cron(String text) {
        try {
            return CronExpression.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw new EngineException(
                    ErrorCode.INVALID_CRON,
                    "Invalid cron expression. " + wrong.getMessage(),
                    List.of(
                            new FieldError(
                                    "schedule_cron",
                                    "INVALID_CRON",
                                    String.valueOf(wrong.getMessage()))),
                    Map.of());
        }
    }

    static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw new EngineException(
                    ErrorCode.INVALID_TIMEZONE,
                    "The timezone '"
                            + name
                            + "' is not known. Use an IANA name such as Europe/Berlin.",
                    List.of(
                            new FieldError(
                                    "timezone", "INVALID_TIMEZONE", "is not an IANA time zone.")),
                    Map.of());
        }
    }

    /// @throws EngineException INVALID_CRON for a schedule that its policy leaves no instant
    static Instant nextFire(Cadence cadence, Instant now) {
        return cadence.next(now)
                .orElseThrow(() ->
                        new EngineException(
                                ErrorCode.INVALID_CRON,
                                "The cron expression never comes due in this time zone with this policy."));
    }

    private static void checkRetry(List<FieldError> faults, @Nullable Map<String, Object> retry) {
        if (retry == null) {
            return;
        }
        retry.forEach((name, value) -> {
            long[] range = RETRY_RANGES.get(name);
            if (range == null) {
                faults.add(
                        new FieldError(
                                "retry_config." + name,
                                "UNKNOWN_FIELD",
                                "is not a retry setting; known are "
                                        + RETRY_RANGES.keySet().stream().sorted().toList()
                                        + "."));
            } else if (!(value instanceof Number number)
                    || number.doubleValue() < range[0]
                    || number.doubleValue() > range[1]) {
                faults.add(
                        new FieldError(
                                "retry_config." + name,
                                "OUT_OF_RANGE",
                                "is a number from " + range[0] + " to " + range[1] + "."));
            }
        });
    }

    private static void checkEmails(List<FieldError> faults, @Nullable List<String> emails) {
        if (emails != null
                && !emails.stream().allMatch(e -> e != null && EMAIL.matcher(e).matches())) {
            faults.add(
                    new FieldError(
                            "notification_emails", "INVALID_EMAIL", "has e-mail addresses only."));
        }
    }

    private static void required(List<FieldError> faults, String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            faults.add(new FieldError(field, "REQUIRED", "is required."));
        }
    }

    private static void length(List<FieldError> faults, String field, @Nullable String value) {
        if (value != null && (value.isBlank() || value.length() > NAME_LENGTH_MAX)) {
            faults.add(
                    new FieldError(
                            field, "LENGTH", "has 1 to " + NAME_LENGTH_MAX + " characters."));
        }
    }

    private static void refuse(List<FieldError> faults) {
        if (!faults.isEmpty()) {
            throw new EngineException(
                    ErrorCode.INVALID_FIELD,
                    faults.getFirst().field() + " " + faults.getFirst().detail(),
                    faults,
                    Map.of());
        }
    }
}
