package dev.convergence.service.e2e;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.convergence.service.RunningServer;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Notifications as a tenant knows them: made over HTTP, read in a real mailbox.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotificationsTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String CHANNELS = "/notifications/channels";
    private static final String RULES = "/notifications/rules";
    private static final String HISTORY = "/notifications/history";

    private final GreenMail mail =
            new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private RunningServer server;
    private House house;

    @BeforeAll
    void open(@TempDir Path folder) {
        mail.start();
        server =
                RunningServer.start(
                        folder,
                        Map.of(
                                "CONVERGENCE_WEBHOOK_ALLOW_PRIVATE",
                                "true",
                                "SMTP_URL",
                                "smtp://127.0.0.1:"
                                        + mail.getSmtp().getPort()
                                        + "?from=convergence@test.example&starttls=never"));
        house = new House(server);
    }

    @AfterAll
    void close() {
        server.close();
        mail.stop();
    }

    @Test
    void a_failure_is_mailed_once_and_the_second_within_the_cool_down_is_held()
            throws MessagingException {
        Caller acme = house.onboard("note_acme", "SCALE");
        String channel = channel(acme, "note_acme", email("ops@acme.example"));
        rule(acme, "note_acme", channel, "pipeline_failure");

        fail(acme, "note_acme", "first");
        List<MimeMessage> first = mails("ops@acme.example", 1);
        assertThat(first.getFirst().getSubject())
                .isEqualTo(
                        "[Convergence] ERROR: Pipeline note_acme-system-diagnostics-probe failed");
        fail(acme, "note_acme", "second");
        eventually(
                "the second is held", SOON, () -> history(acme, "note_acme", "?state=HELD") == 1);

        assertThat(mails("ops@acme.example", 1)).hasSize(1);
        JsonNode delivered =
                acme.get(path("note_acme", HISTORY) + "?state=DELIVERED")
                        .isOk()
                        .list("deliveries")
                        .getFirst();
        assertThat(first.getFirst().getMessageID())
                .isEqualTo("<" + delivered.path("delivery_id").asString() + "@convergence>");
        Answer detail =
                acme.get(
                                path("note_acme", HISTORY)
                                        + "/"
                                        + delivered.path("delivery_id").asString())
                        .isOk();
        assertThat(detail.list("attempts")).hasSize(1);
        assertThat(detail.field("payload").path("text").asString()).contains("first");
    }

    @Test
    void a_slack_shaped_receiver_gets_blocks() {
        Caller acme = house.onboard("note_slack", "SCALE");
        try (HookServer hook = new HookServer()) {
            String channel =
                    channel(
                            acme,
                            "note_slack",
                            Map.of("type", "slack", "name", "s", "webhook_url", hook.url()));
            rule(acme, "note_slack", channel, "pipeline_failure");
            fail(acme, "note_slack", "<!channel> broke");
            eventually("slack has it", SOON, () -> !hook.heard.isEmpty());

            JsonNode message = hook.heard.getFirst().json();
            assertThat(message.path("blocks").path(0).path("type").asString()).isEqualTo("header");
            assertThat(message.path("text").asString()).startsWith("ERROR: Pipeline");
            assertThat(message.toString())
                    .contains("&lt;!channel&gt;")
                    .doesNotContain("<!channel>");
            assertThat(acme.get(path("note_slack", CHANNELS) + "/" + channel).isOk().text())
                    .contains("http://127.0.0.1")
                    .doesNotContain("/hook");
        }
    }

    @Test
    void the_people_of_a_config_hear_of_its_failures_in_the_words_of_its_template() {
        Caller acme = house.onboard("note_config", "SCALE");
        Map<String, Object> config = new HashMap<>();
        config.put("provider", "GCP");
        config.put("domain", "COST");
        config.put("pipeline_template", "cost_billing");
        config.put("schedule_cron", "0 2 * * *");
        config.put("parameters", Map.of("source", "landing", "file", "nowhere.csv"));
        config.put("notification_emails", List.of("boss@config.example"));
        config.put("retry_config", Map.of("max_retries", 0));
        String id = acme.post("/scheduler/pipeline-configs", config).get("config_id");
        acme.post("/scheduler/pipeline-configs/" + id + "/run-now", Map.of()).isOk();

        List<MimeMessage> got = mails("boss@config.example", 1);
        assertThat(subject(got.getFirst())).contains("ERROR", "failed");
    }

    @Test
    void the_test_button_reaches_every_type_of_channel() {
        Caller acme = house.onboard("note_test", "SCALE");
        try (HookServer hook = new HookServer()) {
            channel(acme, "note_test", email("test@acme.example"));
            channel(acme, "note_test", Map.of("type", "LOG", "name", "log"));
            Answer made =
                    acme.post(
                            path("note_test", CHANNELS),
                            Map.of("type", "WEBHOOK", "name", "w", "url", hook.url()));
            assertThat(made.get("secret")).startsWith("whsec_");
            assertThat(acme.post(path("note_test", "/notifications/test"), Map.of()).status())
                    .isEqualTo(202);
            eventually(
                    "all are told",
                    SOON,
                    () -> history(acme, "note_test", "?state=DELIVERED&event=test") == 3);
            assertThat(hook.heard.getFirst().json().path("event").asString()).isEqualTo("test");
            assertThat(subject(mails("test@acme.example", 1).getFirst()))
                    .isEqualTo("[Convergence] INFO: Test of the channel m");
        }
    }

    @Test
    void the_document_makes_changes_and_deletes_channels_and_rules() {
        Caller acme = house.onboard("note_doc", "SCALE");
        String all = path("note_doc", "/notifications");
        Answer put =
                acme.put(
                                all,
                                Map.of(
                                        "email",
                                        Map.of("to_emails", List.of("a@doc.example")),
                                        "log",
                                        Map.of(),
                                        "event_triggers",
                                        List.of(
                                                Map.of(
                                                        "event",
                                                        "pipeline_failure",
                                                        "cooldown_seconds",
                                                        60))))
                        .isOk();
        assertThat(put.list("channels")).hasSize(2);
        assertThat(put.list("rules"))
                .singleElement()
                .satisfies(r -> assertThat(r.path("cooldown_seconds").asInt()).isEqualTo(60));
        Answer less = acme.put(all, Map.of("log", Map.of())).isOk();
        assertThat(less.list("channels")).hasSize(1);
        assertThat(acme.get(all).isOk().list("channels")).hasSize(1);
        assertThat(
                        acme.put(
                                        all,
                                        Map.of(
                                                "event_triggers",
                                                List.of(Map.of("event", "nonsense"))))
                                .status())
                .isEqualTo(422);
    }

    @Test
    void another_tenants_key_reaches_no_channel_rule_or_message() {
        Caller acme = house.onboard("note_owner", "SCALE");
        Caller thief = house.onboard("note_thief", "SCALE");
        String channel = channel(acme, "note_owner", email("own@owner.example"));
        String rule = rule(acme, "note_owner", channel, "pipeline_failure");
        String delivery =
                acme.post(path("note_owner", CHANNELS) + "/" + channel + "/test", Map.of())
                        .get("delivery_id");

        for (String theirs :
                List.of(CHANNELS + "/" + channel, RULES + "/" + rule, HISTORY + "/" + delivery)) {
            thief.get(path("note_owner", theirs)).isRefused(403, "FORBIDDEN");
            thief.get(path("note_thief", theirs)).isRefused(404, "RESOURCE_NOT_FOUND");
        }
        thief.patch(path("note_thief", CHANNELS) + "/" + channel, Map.of("enabled", false))
                .isRefused(404, "RESOURCE_NOT_FOUND");
        thief.delete(path("note_thief", RULES) + "/" + rule).isRefused(404, "RESOURCE_NOT_FOUND");
        thief.post(path("note_thief", HISTORY) + "/" + delivery + "/redeliver", Map.of())
                .isRefused(404, "RESOURCE_NOT_FOUND");
        Map<String, Object> stolen = new HashMap<>();
        stolen.put("name", "r");
        stolen.put("events", List.of("pipeline_failure"));
        stolen.put("channel_ids", List.of(channel));
        assertThat(thief.post(path("note_thief", RULES), stolen).status()).isEqualTo(422);
    }

    @Test
    void bad_wishes_are_refused_with_the_field_named() {
        Caller acme = house.onboard("note_bad", "SCALE");
        Map<String, Map<String, Object>> bad = new HashMap<>();
        bad.put("type", Map.of("name", "x"));
        bad.put("to_emails[0]", email("a@b.example\r\nBcc: c@d.example"));
        bad.put("url", Map.of("type", "SLACK", "name", "x", "url", "http://169.254.169.254/"));
        bad.put(
                "mention_users",
                Map.of(
                        "type",
                        "SLACK",
                        "name",
                        "x",
                        "url",
                        "https://h.example/",
                        "mention_users",
                        List.of("<!channel>")));
        bad.put("colour", Map.of("type", "LOG", "name", "x", "colour", "red"));
        bad.forEach((field, body) -> {
            Answer answer = acme.post(path("note_bad", CHANNELS), body);
            assertThat(answer.status()).as(field + answer.text()).isEqualTo(422);
            assertThat(answer.list("errors"))
                    .extracting(error -> error.path("field").asString())
                    .contains(field);
        });
        assertThat(acme.get(path("note_bad", HISTORY) + "?state=GREEN").status()).isEqualTo(422);
        assertThat(acme.get(path("note_bad", HISTORY) + "?limit=201").status()).isEqualTo(422);
    }

    private static Map<String, Object> email(String address) {
        return Map.of("type", "EMAIL", "name", "m", "to_emails", List.of(address));
    }

    private static String path(String tenant, String rest) {
        return "/tenants/" + tenant + rest;
    }

    private static String channel(Caller tenant, String id, Map<String, Object> body) {
        Answer made = tenant.post(path(id, CHANNELS), body);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.get("channel_id");
    }

    private static String rule(Caller tenant, String id, String channel, String event) {
        Answer made =
                tenant.post(
                        path(id, RULES),
                        Map.of(
                                "name", event,
                                "events", List.of(event),
                                "channel_ids", List.of(channel)));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.get("rule_id");
    }

    private void fail(Caller tenant, String id, String error) {
        String run =
                tenant.post(
                                "/pipelines/run/" + id + "/system/diagnostics/probe",
                                Map.of(
                                        "max_retries",
                                        0,
                                        "parameters",
                                        Map.of("outcome", "FAILED", "error", error)))
                        .isOk()
                        .get("pipeline_logging_id");
        house.ended(tenant, run);
    }

    private static int history(Caller tenant, String id, String query) {
        return tenant.get(path(id, HISTORY) + query).isOk().list("deliveries").size();
    }

    private List<MimeMessage> mails(String to, int count) {
        eventually(to + " has mail", SOON, () -> of(to).size() >= count);
        return of(to);
    }

    private List<MimeMessage> of(String to) {
        return List.of(mail.getReceivedMessages()).stream().filter(m -> isTo(m, to)).toList();
    }

    private static boolean isTo(MimeMessage message, String to) {
        try {
            return List.of(message.getRecipients(Message.RecipientType.TO)).toString().contains(to);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String subject(MimeMessage message) {
        try {
            return message.getSubject();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
