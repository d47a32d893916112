package dev.convergence.steps.notify;

import dev.convergence.engine.notification.Channel;
import dev.convergence.engine.notification.Notice;
import dev.convergence.engine.notification.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A message as Slack's incoming webhooks take it: blocks, and a text for where there is no room.
///
/// People are mentioned for CRITICAL only. A text can mention nobody: what Slack would read as a
/// mention is escaped.
final class SlackBlocks {

    private static final int HEADER_CHARACTERS_MAX = 150;
    private static final int TEXT_CHARACTERS_MAX = 2_900;
    private static final int FACT_CHARACTERS_MAX = 1_900;

    private SlackBlocks() {}

    static Map<String, Object> of(Channel channel, Notice notice) {
        String title = notice.severity() + ": " + Wording.PLAIN.title(notice);
        List<Object> blocks = new ArrayList<>();
        blocks.add(
                Map.of(
                        "type",
                        "header",
                        "text",
                        Map.of("type", "plain_text", "text", cut(title, HEADER_CHARACTERS_MAX))));
        blocks.add(section(mentions(channel, notice) + Wording.SLACK.text(notice)));
        blocks.add(
                Map.of(
                        "type",
                        "section",
                        "fields",
                        Fact.of(notice).stream().map(SlackBlocks::field).toList()));
        Map<String, Object> message = new LinkedHashMap<>();
        put(message, channel, "channel");
        put(message, channel, "username");
        put(message, channel, "icon_emoji");
        message.put("text", notice.severity() + ": " + Wording.SLACK.title(notice));
        message.put("blocks", blocks);
        return message;
    }

    private static void put(Map<String, Object> message, Channel channel, String setting) {
        String value = channel.text(setting, "");
        if (!value.isEmpty()) {
            message.put(setting, value);
        }
    }

    private static String mentions(Channel channel, Notice notice) {
        if (notice.severity() != Severity.CRITICAL) {
            return "";
        }
        String people =
                channel.texts("mention_users").stream()
                        .map(user -> "<@" + user + "> ")
                        .collect(Collectors.joining());
        return (channel.flag("mention_channel") ? "<!channel> " : "") + people;
    }

    private static Map<String, Object> section(String text) {
        return Map.of("type", "section", "text", mrkdwn(cut(text, TEXT_CHARACTERS_MAX)));
    }

    private static Map<String, Object> field(Fact fact) {
        return mrkdwn(
                "*" + fact.label() + "*\n" + cut(Escape.slack(fact.value()), FACT_CHARACTERS_MAX));
    }

    private static Map<String, Object> mrkdwn(String text) {
        return Map.of("type", "mrkdwn", "text", text);
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
