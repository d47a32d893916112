package dev.convergence.engine.notification;

import dev.convergence.engine.error.FieldFaults;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A channel as a tenant asks for it, or what to change of one; null leaves out.
///
/// @param url where Slack or the tenant's own system hears
/// @param secret with which a tenant's own system is signed to; null for one of ours
public record ChannelWish(
        @Nullable String type,
        @Nullable String name,
        @Nullable Boolean isEnabled,
        @Nullable Integer attemptsMax,
        @Nullable List<@Nullable String> toEmails,
        @Nullable List<@Nullable String> ccEmails,
        @Nullable String subjectPrefix,
        @Nullable String url,
        @Nullable String secret,
        @Nullable String slackChannel,
        @Nullable String username,
        @Nullable String iconEmoji,
        @Nullable List<@Nullable String> mentionUsers,
        @Nullable Boolean mentionChannel) {

    static final int ATTEMPTS_DEFAULT = 3;
    static final int ATTEMPTS_MAX = 10;

    private static final int ADDRESSES_MAX = 50;
    private static final int URL_CHARACTERS_MAX = 2_048;
    private static final int TEXT_CHARACTERS_MAX = 80;
    private static final Pattern EMAIL =
            Pattern.compile(
                    "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");
    private static final int EMAIL_CHARACTERS_MAX = 254;
    private static final Pattern MEMBER = Pattern.compile("[UW][A-Z0-9]{2,20}");

    /// Whether a text is one address, and nothing that a mail's head would read as more.
    public static boolean isEmail(@Nullable String text) {
        return text != null
                && text.length() <= EMAIL_CHARACTERS_MAX
                && EMAIL.matcher(text).matches();
    }

    /// The type of a new channel; null with a fault when it is missing or unknown.
    @Nullable ChannelType checkedType(FieldFaults faults) {
        if (type == null || type.isBlank()) {
            faults.add("type", "REQUIRED", "is one of EMAIL, SLACK, WEBHOOK, LOG.");
            return null;
        }
        return faults.word("type", type, ChannelType.class);
    }

    /// Finds what is wrong for a channel of a type, and the settings that were given.
    Map<String, Object> settings(ChannelType of, boolean isNew, FieldFaults faults) {
        Map<String, Object> settings = new LinkedHashMap<>();
        boolean isEmail = of == ChannelType.EMAIL;
        boolean isSlack = of == ChannelType.SLACK;
        faults.range("max_attempts", attemptsMax, 1, ATTEMPTS_MAX);
        only(of.hasUrl(), "url", url, of, faults);
        only(of == ChannelType.WEBHOOK, "secret", secret, of, faults);
        if (of.hasUrl() && (isNew || url != null)) {
            faults.text("url", url, 1, URL_CHARACTERS_MAX);
        }
        if (isEmail && isNew && (toEmails == null || toEmails.isEmpty())) {
            faults.add("to_emails", "REQUIRED", "names at least one address.");
        }
        addresses(isEmail, "to_emails", toEmails, of, settings, faults);
        addresses(isEmail, "cc_emails", ccEmails, of, settings, faults);
        text(isEmail, "subject_prefix", subjectPrefix, of, settings, faults);
        text(isSlack, "channel", slackChannel, of, settings, faults);
        text(isSlack, "username", username, of, settings, faults);
        text(isSlack, "icon_emoji", iconEmoji, of, settings, faults);
        members(isSlack, of, settings, faults);
        only(isSlack, "mention_channel", mentionChannel, of, faults);
        if (mentionChannel != null) {
            settings.put("mention_channel", mentionChannel);
        }
        return settings;
    }

    private static void only(
            boolean has, String field, @Nullable Object value, ChannelType of, FieldFaults faults) {
        if (!has && value != null) {
            faults.add(
                    field, "NOT_OF_THIS_TYPE", "is nothing that a channel of type " + of + " has.");
        }
    }

    private static void text(
            boolean has,
            String field,
            @Nullable String value,
            ChannelType of,
            Map<String, Object> settings,
            FieldFaults faults) {
        only(has, field, value, of, faults);
        if (value != null) {
            String text = faults.optionalText(field, value, 1, TEXT_CHARACTERS_MAX);
            settings.put(field, text == null ? "" : text);
        }
    }

    private static void addresses(
            boolean has,
            String field,
            @Nullable List<@Nullable String> value,
            ChannelType of,
            Map<String, Object> settings,
            FieldFaults faults) {
        only(has, field, value, of, faults);
        if (value == null) {
            return;
        }
        if (value.size() > ADDRESSES_MAX || (value.isEmpty() && field.equals("to_emails"))) {
            faults.add(field, "LENGTH", "has 1 to " + ADDRESSES_MAX + " addresses.");
        }
        for (int i = 0; i < value.size(); i++) {
            if (!isEmail(value.get(i))) {
                faults.add(field + "[" + i + "]", "INVALID_EMAIL", "is no e-mail address.");
            }
        }
        settings.put(field, List.copyOf(value.stream().map(String::valueOf).toList()));
    }

    private void members(
            boolean has, ChannelType of, Map<String, Object> settings, FieldFaults faults) {
        only(has, "mention_users", mentionUsers, of, faults);
        if (mentionUsers == null) {
            return;
        }
        boolean isGood =
                mentionUsers.size() <= ADDRESSES_MAX
                        && mentionUsers.stream()
                                .allMatch(u -> u != null && MEMBER.matcher(u).matches());
        if (!isGood) {
            faults.add(
                    "mention_users",
                    "INVALID_MEMBER",
                    "has up to 50 ids of Slack, such as U0123ABCD.");
        }
        settings.put("mention_users", mentionUsers.stream().map(String::valueOf).toList());
    }

    @Override
    public String toString() {
        return "ChannelWish[type=" + type + ", name=" + name + ", ***]";
    }
}
