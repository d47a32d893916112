package dev.convergence.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// Which of a tenant's people are told what, how, and what they were told.
@Command(
        name = "notification",
        description = "Manages channels and rules; shows what people were told.")
final class NotificationNoun extends Noun {

    private static final String ALL = "/tenants/{}/notifications";
    private static final String CHANNELS = ALL + "/channels";
    private static final String CHANNEL = CHANNELS + "/{}";
    private static final String RULES = ALL + "/rules";
    private static final String RULE = RULES + "/{}";
    private static final String HISTORY = ALL + "/history";
    private static final String MESSAGE = HISTORY + "/{}";

    @Command(description = "Shows events, channels and rules as one document.")
    void show() {
        show(As.EITHER, Route.of(ALL, tenant()));
    }

    @Command(
            description = "Sets mail, Slack and log, and what they are told, from a file.",
            footer = {"", "Example:", "  convergence notification set notifications.yaml"})
    void set(
            @Parameters(
                            paramLabel = "FILE",
                            description = "The document as YAML or JSON; - is stdin.")
                    String file) {
        JsonNode document = Yaml.read(file, session().machine());
        session()
                .display()
                .one(session().send(As.EITHER, "PUT", Route.of(ALL, tenant()), document));
    }

    @Command(description = "Sends a test to one channel, or to all that are on.")
    void test(
            @Parameters(paramLabel = "CHANNEL", arity = "0..1", description = "Its id.")
                    @Nullable String channel) {
        post(
                As.EITHER,
                channel == null
                        ? Route.of(ALL + "/test", tenant())
                        : Route.of(CHANNEL + "/test", tenant(), channel));
    }

    @Command(description = "Lists the channels, the newest first.")
    void channels(@Mixin Page page) {
        list(
                As.EITHER,
                Route.of(CHANNELS, tenant()),
                page,
                "channels",
                "channel_id",
                "name",
                "type",
                "enabled",
                "to_emails",
                "url");
    }

    @Command(description = "Shows a channel, without its secrets.")
    void channel(@Parameters(paramLabel = "CHANNEL", description = "Its id.") String channel) {
        show(As.EITHER, Route.of(CHANNEL, tenant(), channel));
    }

    @Command(
            name = "create-channel",
            description = "Makes a channel; a webhook's secret is shown this once.",
            footer = {
                "",
                "A Slack address is a secret, so it comes from a file, or stdin.",
                "",
                "Examples:",
                "  convergence notification create-channel EMAIL ops --to ops@acme.example",
                "  convergence notification create-channel SLACK alerts -f slack.yaml"
            })
    void createChannel(
            @Parameters(paramLabel = "TYPE", description = "EMAIL, SLACK, WEBHOOK or LOG.")
                    String type,
            @Parameters(paramLabel = "NAME", description = "Its name.") String name,
            @Option(
                            names = "--to",
                            split = ",",
                            paramLabel = "ADDRESS",
                            description = "Whom to write to, for EMAIL.")
                    @Nullable List<String> to,
            @Mixin Fields fields) {
        Body body = new Body().with("type", type).with("name", name).with("to_emails", to);
        post(As.EITHER, Route.of(CHANNELS, tenant()), fields.over(body, session().machine()));
    }

    @Command(
            name = "update-channel",
            description = "Changes what is given of a channel.",
            footer = {
                "",
                "Example:",
                "  convergence notification update-channel $ID --set enabled=false"
            })
    void updateChannel(
            @Parameters(paramLabel = "CHANNEL", description = "Its id.") String channel,
            @Mixin Fields fields) {
        Body body = fields.over(new Body(), session().machine());
        send(As.EITHER, "PATCH", Route.of(CHANNEL, tenant(), channel), body);
    }

    @Command(
            name = "delete-channel",
            description = "Deletes a channel; what waits for it ends FAILED.")
    void deleteChannel(
            @Parameters(paramLabel = "CHANNEL", description = "Its id.") String channel) {
        session().confirm("Delete channel " + channel + "?");
        delete(As.EITHER, Route.of(CHANNEL, tenant(), channel));
    }

    @Command(description = "Lists the rules, the newest first.")
    void rules(@Mixin Page page) {
        list(
                As.EITHER,
                Route.of(RULES, tenant()),
                page,
                "rules",
                "rule_id",
                "name",
                "events",
                "severity",
                "cooldown_seconds",
                "enabled",
                "channel_ids");
    }

    @Command(description = "Shows a rule.")
    void rule(@Parameters(paramLabel = "RULE", description = "Its id.") String rule) {
        show(As.EITHER, Route.of(RULE, tenant(), rule));
    }

    @Command(
            name = "create-rule",
            description = "Makes a rule: which events go to which channels.",
            footer = {
                "",
                "Example:",
                "  convergence notification create-rule failures -e pipeline_failure --channel $ID"
            })
    void createRule(
            @Parameters(paramLabel = "NAME", description = "Its name.") String name,
            @Option(
                            names = {"-e", "--event"},
                            split = ",",
                            paramLabel = "EVENT",
                            description = "Such as pipeline_failure or quota_warning.")
                    @Nullable List<String> events,
            @Option(
                            names = "--channel",
                            split = ",",
                            paramLabel = "CHANNEL",
                            description = "The id of a channel.")
                    @Nullable List<String> channels,
            @Mixin Fields fields) {
        Body body =
                new Body().with("name", name).with("events", events).with("channel_ids", channels);
        post(As.EITHER, Route.of(RULES, tenant()), fields.over(body, session().machine()));
    }

    @Command(
            name = "update-rule",
            description = "Changes what is given of a rule.",
            footer = {
                "",
                "Example:",
                "  convergence notification update-rule $ID --set cooldown_seconds=600"
            })
    void updateRule(
            @Parameters(paramLabel = "RULE", description = "Its id.") String rule,
            @Mixin Fields fields) {
        Body body = fields.over(new Body(), session().machine());
        send(As.EITHER, "PATCH", Route.of(RULE, tenant(), rule), body);
    }

    @Command(name = "delete-rule", description = "Deletes a rule.")
    void deleteRule(@Parameters(paramLabel = "RULE", description = "Its id.") String rule) {
        session().confirm("Delete rule " + rule + "?");
        delete(As.EITHER, Route.of(RULE, tenant(), rule));
    }

    @Command(description = "Lists messages, the newest first.")
    void history(
            @Mixin Page page,
            @Option(names = "--channel", paramLabel = "CHANNEL", description = "Of one channel.")
                    @Nullable String channel,
            @Option(
                            names = "--state",
                            paramLabel = "STATE",
                            description = "PENDING, DELIVERED, FAILED, HELD or UNCERTAIN.")
                    @Nullable String state,
            @Option(
                            names = {"-e", "--event"},
                            paramLabel = "EVENT",
                            description = "Of one event, such as pipeline_failure.")
                    @Nullable String event,
            @Option(names = "--run", paramLabel = "RUN", description = "Of one run.")
                    @Nullable String run) {
        list(
                As.EITHER,
                Route.of(HISTORY, tenant()),
                page.with("channel_id", channel)
                        .with("state", state)
                        .with("event", event)
                        .with("run_id", run),
                "deliveries",
                "delivery_id",
                "created_at",
                "event",
                "channel_name",
                "state",
                "attempt_count",
                "subject",
                "last_error");
    }

    @Command(description = "Shows a message with its attempts.")
    void message(@Parameters(paramLabel = "MESSAGE", description = "Its id.") String message) {
        show(As.EITHER, Route.of(MESSAGE, tenant(), message));
    }

    @Command(description = "Sends a message again, also one that was held.")
    void redeliver(@Parameters(paramLabel = "MESSAGE", description = "Its id.") String message) {
        post(As.EITHER, Route.of(MESSAGE + "/redeliver", tenant(), message));
    }
}
