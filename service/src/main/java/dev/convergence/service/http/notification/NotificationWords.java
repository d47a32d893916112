package dev.convergence.service.http.notification;

import dev.convergence.api.notification.ChannelAnswer;
import dev.convergence.api.notification.ChannelRequest;
import dev.convergence.api.notification.NotificationAnswer;
import dev.convergence.api.notification.RuleAnswer;
import dev.convergence.api.notification.RuleRequest;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.notification.Channel;
import dev.convergence.engine.notification.ChannelType;
import dev.convergence.engine.notification.ChannelWish;
import dev.convergence.engine.notification.History;
import dev.convergence.engine.notification.NoticeDelivery;
import dev.convergence.engine.notification.NoticeEvent;
import dev.convergence.engine.notification.Rule;
import dev.convergence.engine.notification.RuleWish;
import dev.convergence.engine.notification.Severity;
import dev.convergence.engine.sql.Json;
import dev.convergence.engine.webhook.DeliveryAttempt;
import dev.convergence.steps.notify.MessageComposer;
import org.jspecify.annotations.Nullable;

/// Notifications' words on the wire and in the engine.
final class NotificationWords {

    private NotificationWords() {}

    static ChannelWish wish(ChannelRequest request) {
        return new ChannelWish(
                request.type(),
                request.name(),
                request.enabled(),
                request.maxAttempts(),
                request.toEmails(),
                request.ccEmails(),
                request.subjectPrefix(),
                request.url(),
                request.secret(),
                request.channel(),
                request.username(),
                request.iconEmoji(),
                request.mentionUsers(),
                request.mentionChannel());
    }

    static RuleWish wish(RuleRequest request) {
        return new RuleWish(
                request.name(),
                request.events(),
                request.channelIds(),
                request.providers(),
                request.pipelineId(),
                request.severity(),
                request.cooldownSeconds(),
                request.finalOnly(),
                request.lateSeconds(),
                request.daysBefore(),
                request.enabled());
    }

    /// @param url as far as it may be shown
    static ChannelAnswer answer(Channel channel, @Nullable String url) {
        boolean isEmail = channel.type() == ChannelType.EMAIL;
        boolean isSlack = channel.type() == ChannelType.SLACK;
        return new ChannelAnswer(
                channel.id(),
                channel.tenant().value(),
                channel.tenant().value(),
                channel.type().name(),
                channel.name(),
                channel.isEnabled(),
                channel.isDirect(),
                channel.attemptsMax(),
                isEmail ? channel.texts("to_emails") : null,
                isEmail ? channel.texts("cc_emails") : null,
                isEmail ? channel.text("subject_prefix", MessageComposer.SUBJECT_PREFIX) : null,
                url,
                isSlack ? channel.text("channel", "") : null,
                isSlack ? channel.text("username", "") : null,
                isSlack ? channel.text("icon_emoji", "") : null,
                isSlack ? channel.texts("mention_users") : null,
                isSlack ? channel.flag("mention_channel") : null,
                channel.createdAt(),
                channel.updatedAt());
    }

    static RuleAnswer answer(Rule rule) {
        Severity severity = rule.severity();
        return new RuleAnswer(
                rule.id(),
                rule.tenant().value(),
                rule.tenant().value(),
                rule.name(),
                rule.events().stream().sorted().map(NoticeEvent::word).toList(),
                rule.channels(),
                rule.providers(),
                rule.pipelineId(),
                severity == null ? null : severity.name(),
                rule.cooldownSeconds(),
                rule.isFinalOnly(),
                rule.lateSeconds(),
                rule.daysBefore(),
                rule.isEnabled(),
                rule.createdAt(),
                rule.updatedAt());
    }

    static NotificationAnswer answer(NoticeDelivery delivery) {
        JobId job = delivery.job();
        ChannelType type = delivery.channelType();
        return new NotificationAnswer(
                delivery.id(),
                delivery.tenant().value(),
                delivery.tenant().value(),
                delivery.channel(),
                type == null ? null : type.name(),
                delivery.channelName(),
                delivery.rule(),
                delivery.event(),
                delivery.severity().name(),
                delivery.subject(),
                job == null ? null : job.run().toString(),
                job == null ? null : job.toString(),
                delivery.pipelineId(),
                delivery.state().name(),
                delivery.attempts(),
                delivery.attemptsMax(),
                delivery.nextAttemptAt(),
                delivery.heldUntil(),
                delivery.lastStatus(),
                delivery.lastError(),
                delivery.createdAt(),
                delivery.deliveredAt());
    }

    static NotificationAnswer.Detail detail(History.Detail detail) {
        return new NotificationAnswer.Detail(
                answer(detail.delivery()),
                Json.object(detail.payload()),
                detail.attempts().stream().map(NotificationWords::answer).toList());
    }

    private static NotificationAnswer.Attempt answer(DeliveryAttempt attempt) {
        return new NotificationAnswer.Attempt(
                attempt.number(),
                attempt.startedAt(),
                attempt.duration().toMillis(),
                attempt.httpStatus(),
                attempt.error(),
                attempt.response());
    }
}
