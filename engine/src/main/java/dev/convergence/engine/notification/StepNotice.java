package dev.convergence.engine.notification;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.run.StepRecord;
import dev.convergence.engine.webhook.RunFact;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A step of a template that wants people told, as the flow has recorded it.
///
/// @param type of the channels that it goes to
/// @param recipients addresses that it names; empty: the people of the config, or all channels
public record StepNotice(
        ChannelType type,
        String stepId,
        List<String> recipients,
        @Nullable String subject,
        @Nullable String message) {

    private static final String FACT = "notice";

    private static final Map<String, ChannelType> TYPES =
            Map.of(
                    "notify_systems.email_notification", ChannelType.EMAIL,
                    "notify_systems.slack_notification", ChannelType.SLACK,
                    "notify_systems.webhook_notification", ChannelType.WEBHOOK);

    public StepNotice {
        recipients = List.copyOf(recipients);
    }

    /// What the flow records of a chosen step.
    ///
    /// @param state of the run as the flow sees it: COMPLETED or FAILED
    public static Map<String, Object> facts(
            List<String> recipients,
            String state,
            @Nullable Object subject,
            @Nullable Object message) {
        Map<String, Object> notice = new HashMap<>();
        notice.put("recipients", recipients);
        notice.put("state", state);
        if (subject != null) {
            notice.put("subject", String.valueOf(subject));
        }
        if (message != null) {
            notice.put("message", String.valueOf(message));
        }
        return Map.of(FACT, notice);
    }

    /// Empty for steps that do something else, for those that were not chosen, and for those that
    /// were chosen for another end than the run had: its node died in between.
    static Optional<StepNotice> of(StepRecord step, RunFact run) {
        ChannelType type = TYPES.get(step.stepType());
        if (type == null
                || !(step.metadata().get(FACT) instanceof Map<?, ?> fields)
                || !run.state().equals(fields.get("state"))) {
            return Optional.empty();
        }
        List<String> recipients =
                fields.get("recipients") instanceof List<?> list
                        ? list.stream().map(String::valueOf).toList()
                        : List.of();
        return Optional.of(
                new StepNotice(
                        type,
                        step.stepId(),
                        recipients,
                        (String) fields.get("subject"),
                        (String) fields.get("message")));
    }

    /// Whether it only words what the config's people are told anyway.
    boolean isOfConfig() {
        return type == ChannelType.EMAIL && recipients.isEmpty();
    }

    Notice notice(TenantId tenant, RunFact run) {
        Map<String, @Nullable Object> more = new HashMap<>();
        more.put("step_id", stepId);
        more.put("subject", Objects.requireNonNullElse(subject, "Step " + stepId));
        more.put("message", Objects.requireNonNullElse(message, ""));
        Notice plain = RunNotices.notice(tenant, run, NoticeEvent.TEMPLATE_STEP, more);
        boolean hasFailed = run.state().equals("FAILED");
        return new Notice(
                tenant,
                NoticeEvent.TEMPLATE_STEP,
                hasFailed ? Severity.ERROR : Severity.INFO,
                "run:" + run.job() + ":step:" + stepId,
                plain.about() + "/" + stepId,
                run.job(),
                run.pipelineId(),
                run.willRetry(),
                run.finishedAt(),
                plain.data());
    }
}
