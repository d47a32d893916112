package dev.convergence.service.http.notification;

import dev.convergence.api.notification.SettingsRequest;
import dev.convergence.api.notification.SettingsRequest.Trigger;
import dev.convergence.engine.error.FieldFaults;
import dev.convergence.engine.notification.ChannelWish;
import dev.convergence.engine.notification.NoticeEvent;
import dev.convergence.engine.notification.RuleWish;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The document of a tenant's notifications, as channels and rules.
final class SettingsWords {

    private SettingsWords() {}

    static List<ChannelWish> channels(SettingsRequest request) {
        List<ChannelWish> wishes = new ArrayList<>();
        SettingsRequest.Email email = request.email();
        if (email != null) {
            wishes.add(
                    new ChannelWish(
                            "EMAIL",
                            "email",
                            isOn(request, email.enabled()),
                            null,
                            email.toEmails(),
                            email.ccEmails(),
                            email.subjectPrefix(),
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null));
        }
        SettingsRequest.Slack slack = request.slack();
        if (slack != null) {
            wishes.add(
                    new ChannelWish(
                            "SLACK",
                            "slack",
                            isOn(request, slack.enabled()),
                            null,
                            null,
                            null,
                            null,
                            slack.webhookUrl(),
                            null,
                            slack.channel(),
                            slack.username(),
                            slack.iconEmoji(),
                            slack.mentionUsers(),
                            slack.mentionChannel()));
        }
        SettingsRequest.Log log = request.log();
        if (log != null) {
            wishes.add(log(isOn(request, log.enabled())));
        }
        return wishes;
    }

    private static ChannelWish log(boolean isOn) {
        return new ChannelWish(
                "LOG", "log", isOn, null, null, null, null, null, null, null, null, null, null,
                null);
    }

    private static boolean isOn(SettingsRequest request, @Nullable Boolean enabled) {
        return !Boolean.FALSE.equals(request.enabled()) && !Boolean.FALSE.equals(enabled);
    }

    static List<RuleWish> rules(SettingsRequest request) {
        List<@Nullable Trigger> given = request.eventTriggers();
        if (given == null) {
            Trigger failures =
                    new Trigger(NoticeEvent.PIPELINE_FAILURE.word(), null, null, null, null);
            return List.of(rule(failures, failures.event(), request));
        }
        FieldFaults faults = new FieldFaults();
        Set<String> seen = new HashSet<>();
        List<RuleWish> rules = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            Trigger trigger = given.get(i);
            String word = trigger == null ? "" : Objects.requireNonNullElse(trigger.event(), "");
            Optional<NoticeEvent> event =
                    NoticeEvent.of(word.strip().toLowerCase(Locale.ROOT))
                            .filter(NoticeEvent.ofRules()::contains);
            String field = "event_triggers[" + i + "].event";
            if (trigger == null || event.isEmpty()) {
                faults.add(field, "UNKNOWN_VALUE", "is one of " + NoticeEvent.ofRules() + ".");
            } else if (!seen.add(event.get().word())) {
                faults.add(field, "DUPLICATE", "is named twice.");
            } else if (!event.get().isOfPipelines() && isOfSome(trigger)) {
                faults.add(
                        "event_triggers[" + i + "].providers",
                        "NEVER_HAPPENS",
                        event.get().neverSentence());
            } else {
                rules.add(rule(trigger, event.get().word(), request));
            }
        }
        faults.refuseIfAny();
        return rules;
    }

    private static boolean isOfSome(Trigger trigger) {
        return trigger.providers() != null && !trigger.providers().isEmpty();
    }

    private static RuleWish rule(Trigger trigger, @Nullable String event, SettingsRequest request) {
        String word = String.valueOf(event);
        return new RuleWish(
                word,
                List.of(word),
                null,
                trigger.providers(),
                null,
                trigger.severity(),
                trigger.cooldownSeconds(),
                null,
                null,
                null,
                isOn(request, trigger.enabled()));
    }
}
