package dev.convergence.engine.notification;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What people can be told of.
public enum NoticeEvent {
    PIPELINE_STARTED(Severity.INFO, 0, List.of()),
    PIPELINE_SUCCESS(Severity.INFO, 0, List.of("COMPLETED")),
    PIPELINE_FAILURE(Severity.ERROR, 300, List.of("FAILED")),
    /// It completed, but something about it was not as it should be.
    PIPELINE_WARNING(Severity.WARNING, 600, List.of("COMPLETED")),
    JOB_SUCCESS(Severity.INFO, 0, List.of("COMPLETED")),
    JOB_FAILURE(Severity.ERROR, 300, List.of("FAILED")),
    DATA_QUALITY_FAILURE(Severity.ERROR, 600, List.of("COMPLETED", "FAILED")),
    DATA_QUALITY_WARNING(Severity.WARNING, 1800, List.of("COMPLETED", "FAILED")),
    QUOTA_WARNING(Severity.WARNING, 1800, List.of()),
    QUOTA_EXCEEDED(Severity.ERROR, 1800, List.of()),
    SLOT_LATE(Severity.WARNING, 1800, List.of()),
    KEY_EXPIRING(Severity.WARNING, 0, List.of()),
    RATE_LIMIT_EXCEEDED(Severity.WARNING, 1800, List.of()),
    /// What failed was ours, not the tenant's.
    SYSTEM_ERROR(Severity.ERROR, 300, List.of("FAILED")),
    /// A step of a template that tells people; no rule asks for it.
    TEMPLATE_STEP(Severity.INFO, 0, List.of()),
    /// Somebody asked for it.
    TEST(Severity.INFO, 0, List.of());

    private final Severity severity;
    private final Duration cooldown;
    private final List<String> runStates;

    NoticeEvent(Severity severity, long cooldownSeconds, List<String> runStates) {
        this.severity = severity;
        cooldown = Duration.ofSeconds(cooldownSeconds);
        this.runStates = runStates;
    }

    /// As it stands in rules and messages, such as `pipeline_failure`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Severity severity() {
        return severity;
    }

    /// How long a rule that says nothing else keeps silent about the same.
    public Duration cooldown() {
        return cooldown;
    }

    /// The ends of runs that it is made of.
    List<String> runStates() {
        return runStates;
    }

    /// Whether it tells of a pipeline, so that a rule may ask for those of some pipelines only.
    public boolean isOfPipelines() {
        return switch (this) {
            case PIPELINE_STARTED,
                    PIPELINE_SUCCESS,
                    PIPELINE_FAILURE,
                    PIPELINE_WARNING,
                    DATA_QUALITY_FAILURE,
                    DATA_QUALITY_WARNING,
                    SLOT_LATE,
                    SYSTEM_ERROR,
                    TEMPLATE_STEP ->
                    true;
            case JOB_SUCCESS,
                    JOB_FAILURE,
                    QUOTA_WARNING,
                    QUOTA_EXCEEDED,
                    KEY_EXPIRING,
                    RATE_LIMIT_EXCEEDED,
                    TEST ->
                    false;
        };
    }

    /// What to say to somebody who wants it of some pipelines only.
    public String neverSentence() {
        return "asks for events of pipelines, and "
                + word()
                + " is none: it would never be told. Leave this out, or make a rule of its own for "
                + word()
                + ".";
    }

    /// Those that a rule can ask for.
    public static List<NoticeEvent> ofRules() {
        return Arrays.stream(values())
                .filter(event -> event != TEMPLATE_STEP && event != TEST)
                .toList();
    }

    public static Optional<NoticeEvent> of(String word) {
        return Arrays.stream(values()).filter(event -> event.word().equals(word)).findFirst();
    }
}
