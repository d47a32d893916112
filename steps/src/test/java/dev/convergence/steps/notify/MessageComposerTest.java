package dev.convergence.steps.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.notification.Channel;
import dev.convergence.engine.notification.ChannelType;
import dev.convergence.engine.notification.Composer.Composed;
import dev.convergence.engine.notification.Notice;
import dev.convergence.engine.notification.NoticeEvent;
import dev.convergence.engine.notification.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The words of messages, and what a text from outside can do to them.
class MessageComposerTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final MessageComposer composer = new MessageComposer();

    @Test
    void a_mails_subject_has_prefix_severity_and_title() {
        Composed mail =
                composed(channel(ChannelType.EMAIL, Map.of("to_emails", List.of("a@b.c"))), "x");
        assertThat(mail.subject()).isEqualTo("[Convergence] ERROR: Pipeline acme-gcp failed");
        assertThat(json(mail).path("to").path(0).asString()).isEqualTo("a@b.c");
        assertThat(json(mail).path("text").asString())
                .contains(
                        "Tenant: acme", "Pipeline: acme-gcp", "Status: FAILED", "Duration: 3.2 s");
        Composed own =
                composed(channel(ChannelType.EMAIL, Map.of("subject_prefix", "[Acme]")), "x");
        assertThat(own.subject()).startsWith("[Acme] ERROR: ");
    }

    @Test
    void a_text_is_never_markup_in_a_mail_and_mentions_nobody_in_slack() {
        String evil = "<script>alert(1)</script> <!channel> <@U123> & `code`";
        String html =
                json(composed(channel(ChannelType.EMAIL, Map.of()), evil)).path("html").asString();
        assertThat(html).contains("&lt;script&gt;").doesNotContain("<script>", "<!channel>");

        String slack =
                json(composed(channel(ChannelType.SLACK, Map.of("mention_channel", true)), evil))
                        .toString();
        assertThat(slack)
                .contains("&lt;!channel&gt;", "&lt;@U123&gt;", "&amp;")
                .doesNotContain("<!channel>", "<@U123>", "<script>");
    }

    @Test
    void slack_gets_blocks_and_mentions_people_for_what_is_critical_only() {
        Channel channel =
                channel(
                        ChannelType.SLACK,
                        Map.of(
                                "mention_users",
                                List.of("U0123"),
                                "mention_channel",
                                true,
                                "username",
                                "bot"));
        JsonNode plain = json(composed(channel, "x"));
        assertThat(plain.path("blocks").path(0).path("type").asString()).isEqualTo("header");
        assertThat(plain.path("blocks").path(1).path("text").path("type").asString())
                .isEqualTo("mrkdwn");
        assertThat(plain.path("blocks").path(2).path("fields").size()).isGreaterThan(3);
        assertThat(plain.path("username").asString()).isEqualTo("bot");
        assertThat(plain.toString()).doesNotContain("<!channel>");

        JsonNode critical =
                json(
                        composer.compose(
                                channel,
                                notice(NoticeEvent.PIPELINE_FAILURE, Severity.CRITICAL, "x"),
                                UUID.randomUUID(),
                                List.of()));
        assertThat(critical.path("blocks").path(1).path("text").path("text").asString())
                .startsWith("<!channel> <@U0123> ");
    }

    @ParameterizedTest
    @EnumSource(NoticeEvent.class)
    void every_event_has_words(NoticeEvent event) {
        for (ChannelType type : ChannelType.values()) {
            Composed message =
                    composer.compose(
                            channel(type, Map.of()),
                            notice(event, event.severity(), "x"),
                            UUID.randomUUID(),
                            List.of());
            assertThat(message.subject()).isNotBlank().doesNotContain("{{");
            assertThat(new String(message.payload(), StandardCharsets.UTF_8)).doesNotContain("{{");
        }
    }

    private Composed composed(Channel channel, String error) {
        return composer.compose(
                channel,
                notice(NoticeEvent.PIPELINE_FAILURE, Severity.ERROR, error),
                UUID.randomUUID(),
                List.of());
    }

    private static Channel channel(ChannelType type, Map<String, Object> settings) {
        return new Channel(
                UUID.randomUUID(),
                new TenantId("acme"),
                type,
                "c",
                settings,
                3,
                true,
                false,
                NOW,
                NOW);
    }

    private static Notice notice(NoticeEvent event, Severity severity, String error) {
        Map<String, Object> data = new HashMap<>();
        data.put("what", "acme-gcp");
        data.put("subject", "A subject");
        data.put("run_id", "01");
        data.put("status", "FAILED");
        data.put("duration", "3.2 s");
        data.put("error", error);
        data.put("failed_rules", List.of(Map.of("rule", "r", "table", "t", "actual", "7")));
        return new Notice(
                new TenantId("acme"),
                event,
                severity,
                "fact",
                "about",
                JobId.next(NOW),
                "acme-gcp",
                false,
                NOW,
                data);
    }

    private static JsonNode json(Composed message) {
        return JSON.readTree(message.payload());
    }
}
