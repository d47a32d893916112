package dev.convergence.engine.webhook;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a tenant can be told.
public enum EventName {
    JOB_RUN_COMPLETED,
    JOB_RUN_FAILED,
    JOB_RUN_SKIPPED,
    JOB_GROUP_COMPLETED,
    JOB_GROUP_PARTIAL,
    JOB_GROUP_CANCELLED,
    PIPELINE_COMPLETED,
    PIPELINE_FAILED,
    PIPELINE_SKIPPED,
    PIPELINE_CANCELLED,
    QUOTA_WARNING,
    QUOTA_EXHAUSTED,
    /// Told to a tenant's other endpoints when one is switched off by the server.
    WEBHOOK_ENDPOINT_DISABLED,
    /// Sent when its tenant asks for it, whatever the endpoint listens to.
    WEBHOOK_TEST;

    /// As it stands in payloads and filters, such as `job.run.completed`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    public static Optional<EventName> of(String word) {
        return Arrays.stream(values()).filter(event -> event.word().equals(word)).findFirst();
    }

    /// What is told of a run that is no pipeline's.
    ///
    /// A cancelled one is told as failed, as it is shown: a run has no fourth status.
    static EventName ofJobRun(String state) {
        return switch (state) {
            case "COMPLETED" -> JOB_RUN_COMPLETED;
            case "SKIPPED" -> JOB_RUN_SKIPPED;
            default -> JOB_RUN_FAILED;
        };
    }

    static EventName ofPipeline(String state) {
        return valueOf("PIPELINE_" + state);
    }
}
