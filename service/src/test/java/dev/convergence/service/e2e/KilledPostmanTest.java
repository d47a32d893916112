package dev.convergence.service.e2e;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.Audit;
import dev.convergence.engine.sql.Database;
import dev.convergence.service.RunningServer;
import dev.convergence.service.ServerProcesses;
import dev.convergence.service.ServerProcesses.Started;
import dev.convergence.testkit.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A server that is killed with SIGKILL while it sends a mail, and the next one on its database.
@SuppressWarnings("NullAway.Init")
class KilledPostmanTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String ACME = "acme_corp";
    private static final String NOTIFICATIONS = "/tenants/" + ACME + "/notifications";

    @TempDir Path folder;

    private final String url = TestPostgres.freshDatabase();
    private final Database database =
            new Database(TestPostgres.dataSource(url + "&currentSchema=convergence"));
    private StallingMailServer mail;
    private ServerProcesses servers;
    private String key;

    @AfterEach
    void close() {
        servers.close();
        mail.close();
    }

    @Test
    void a_mail_that_may_have_arrived_is_shown_as_that_and_not_sent_again() throws Exception {
        Caller tenant = killedWhileSending(StallingMailServer.Point.AFTER_THE_MAIL);

        eventually("it is told", SOON, () -> deliveries(tenant, "UNCERTAIN").size() == 1);
        the_next_message_arrives(tenant);

        assertThat(mail.mails).as("one of each").hasSize(2);
        JsonNode uncertain = deliveries(tenant, "UNCERTAIN").getFirst();
        assertThat(uncertain.path("last_error").asString()).contains("may have arrived");
        assertThat(Audit.violations(database)).isEmpty();
    }

    @Test
    void a_mail_that_was_not_handed_over_is_sent_by_the_next_server_once() throws Exception {
        Caller tenant = killedWhileSending(StallingMailServer.Point.BEFORE_THE_GREETING);

        eventually("it is sent", SOON, () -> deliveries(tenant, "DELIVERED").size() == 1);
        the_next_message_arrives(tenant);

        assertThat(mail.mails).as("one of each").hasSize(2);
        assertThat(deliveries(tenant, "UNCERTAIN")).isEmpty();
        assertThat(Audit.violations(database)).isEmpty();
    }

    /// @return a caller of the second server
    private Caller killedWhileSending(StallingMailServer.Point point) throws Exception {
        mail = new StallingMailServer(point);
        servers = new ServerProcesses(folder, url, Map.of("SMTP_URL", mail.url()));
        Started doomed = servers.start();
        Caller tenant = onboarded(doomed);
        fail(tenant, "first");
        eventually("it is in the middle of it", SOON, mail::isStalled);

        doomed.kill();
        the_dead_ones_minute_is_over();
        return new Caller(servers.start().address(), List.of("X-API-Key", key));
    }

    private Caller onboarded(Started server) {
        Map<String, Object> acme =
                Map.of(
                        "tenant_id", ACME,
                        "company_name", "Acme",
                        "admin_email", "admin@acme.example",
                        "subscription_plan", "SCALE");
        key =
                new Caller(server.address(), List.of("X-Admin-Key", RunningServer.OPERATOR_KEY))
                        .post("/tenants/onboard", acme)
                        .isOk()
                        .get("api_key");
        Caller tenant = new Caller(server.address(), List.of("X-API-Key", key));
        String channel =
                made(
                        tenant.post(
                                NOTIFICATIONS + "/channels",
                                Map.of(
                                        "type", "EMAIL",
                                        "name", "ops",
                                        "to_emails", List.of("ops@acme.example"))),
                        "channel_id");
        made(
                tenant.post(
                        NOTIFICATIONS + "/rules",
                        Map.of(
                                "name",
                                "failures",
                                "events",
                                List.of("job_failure"),
                                "cooldown_seconds",
                                0,
                                "channel_ids",
                                List.of(channel))),
                "rule_id");
        return tenant;
    }

    private static String made(Answer answer, String id) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.get(id);
    }

    private static void fail(Caller tenant, String error) {
        Map<String, Object> probe =
                Map.of(
                        "type", "probe",
                        "retry_policy", Map.of("max_attempts", 0),
                        "params", Map.of("outcome", "FAILED", "error", error));
        assertThat(tenant.post("/jobs", probe).status()).isEqualTo(201);
    }

    /// A claim is good for a minute after its node has last been heard of.
    private void the_dead_ones_minute_is_over() {
        database.transact(handle ->
                handle.execute(
                        "UPDATE notification_delivery SET next_attempt_at = now() WHERE claim IS NOT NULL"));
    }

    private void the_next_message_arrives(Caller tenant) {
        int before = mail.mails.size();
        fail(tenant, "second");
        eventually("the next is sent", SOON, () -> mail.mails.size() > before);
        eventually("nothing is under way", SOON, () -> deliveries(tenant, "PENDING").isEmpty());
    }

    private static List<JsonNode> deliveries(Caller tenant, String state) {
        return tenant.get(NOTIFICATIONS + "/history?state=" + state).isOk().list("deliveries");
    }
}
