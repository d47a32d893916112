package dev.convergence.steps.notify;

import dev.convergence.engine.notification.Channel;
import dev.convergence.engine.notification.ChannelType;
import dev.convergence.engine.notification.Composer;
import dev.convergence.engine.notification.Notice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Finds the words of messages, for each type of channel in its own form.
public final class MessageComposer implements Composer {

    public static final String SUBJECT_PREFIX = "[Convergence]";

    private static final int SUBJECT_CHARACTERS_MAX = 250;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final MailBody mail = new MailBody();

    @Override
    public Composed compose(
            Channel channel, Notice notice, UUID delivery, List<String> recipients) {
        return new Composed(
                subject(channel, notice), payload(channel, notice, delivery, recipients));
    }

    /// Prefix, severity and title, as people sort their mail by.
    private static String subject(Channel channel, Notice notice) {
        String title = notice.severity() + ": " + Wording.PLAIN.title(notice);
        String prefix = channel.text("subject_prefix", SUBJECT_PREFIX);
        String subject = channel.type() == ChannelType.EMAIL ? prefix + " " + title : title;
        return subject.length() <= SUBJECT_CHARACTERS_MAX
                ? subject.strip()
                : subject.substring(0, SUBJECT_CHARACTERS_MAX - 1).strip() + "…";
    }

    private byte[] payload(Channel channel, Notice notice, UUID delivery, List<String> recipients) {
        return JSON.writeValueAsBytes(
                switch (channel.type()) {
                    case EMAIL -> mail(channel, notice, recipients);
                    case SLACK -> SlackBlocks.of(channel, notice);
                    case WEBHOOK, LOG -> envelope(notice, delivery);
                });
    }

    private Map<String, Object> mail(Channel channel, Notice notice, List<String> recipients) {
        boolean isDirect = !recipients.isEmpty();
        return Map.of(
                "to",
                isDirect ? recipients : channel.texts("to_emails"),
                "cc",
                isDirect ? List.of() : channel.texts("cc_emails"),
                "text",
                mail.text(notice),
                "html",
                mail.html(notice));
    }

    private static Map<String, @Nullable Object> envelope(Notice notice, UUID delivery) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("event", notice.event().word());
        body.put("delivery_id", delivery.toString());
        body.put("tenant_id", notice.tenant().value());
        body.put("customer_id", notice.tenant().value());
        body.put("severity", notice.severity().name());
        body.put("title", Wording.PLAIN.title(notice));
        body.put("text", Wording.PLAIN.text(notice));
        body.put("occurred_at", notice.happenedAt().toString());
        body.put("data", notice.data());
        return body;
    }
}
