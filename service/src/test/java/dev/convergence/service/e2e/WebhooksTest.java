package dev.convergence.service.e2e;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.service.RunningServer;
import dev.convergence.service.docs.WebhookCheck;
import dev.convergence.service.e2e.HookServer.Heard;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Webhooks as a tenant knows them: made over HTTP, heard by a server of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhooksTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String ENDPOINTS = "/webhooks/endpoints";
    private static final String DELIVERIES = "/webhooks/deliveries";

    private RunningServer server;
    private House house;

    @BeforeAll
    void open(@TempDir Path folder) {
        server = RunningServer.start(folder, Map.of("CONVERGENCE_WEBHOOK_ALLOW_PRIVATE", "true"));
        house = new House(server);
    }

    @AfterAll
    void close() {
        server.close();
    }

    @Test
    void a_run_is_told_with_the_words_of_its_own_route_and_a_good_signature()
            throws GeneralSecurityException {
        Caller acme = house.onboard("hook_acme", "SCALE");
        try (HookServer hook = new HookServer()) {
            Answer made = endpoint(acme, hook.url(), Map.of("events", List.of("pipeline.*")));
            assertThat(made.get("secret")).startsWith("whsec_");

            String run = probe(acme, "hook_acme", Map.of());
            Heard heard = heard(hook, "pipeline.completed", 1).getFirst();

            JsonNode seen = acme.get("/pipelines/runs/" + run).isOk().json();
            JsonNode body = heard.json();
            assertThat(body.path("data").toString().length()).isPositive();
            seen.propertyStream()
                    .forEach(field ->
                            assertThat(body.path("data").path(field.getKey()).toString())
                                    .as(field.getKey())
                                    .isEqualTo(field.getValue().toString()));
            assertThat(body.path("status").asString()).isEqualTo("COMPLETED");
            assertThat(body.path("run_id").asString()).isEqualTo(heard.header("idempotency-key"));
            assertThat(heard.header("content-type")).isEqualTo("application/json");
            assertThat(heard.header("user-agent")).startsWith("Convergence/");
            assertThat(
                            WebhookCheck.isOurs(
                                    made.get("secret"),
                                    heard.header("webhook-id"),
                                    heard.header("webhook-timestamp"),
                                    heard.header("webhook-signature"),
                                    heard.body()))
                    .isTrue();
            assertThat(
                            WebhookCheck.isOurs(
                                    made.get("secret"),
                                    heard.header("webhook-id"),
                                    heard.header("webhook-timestamp"),
                                    heard.header("webhook-signature"),
                                    (heard.text() + " ")
                                            .getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                    .isFalse();
        }
    }

    @Test
    void a_receiver_that_fails_once_hears_the_same_bytes_again() {
        Caller acme = house.onboard("hook_again", "SCALE");
        try (HookServer hook = new HookServer()) {
            endpoint(acme, hook.url(), Map.of());
            hook.failNext(1);
            String run = probe(acme, "hook_again", Map.of());

            List<Heard> heard = heard(hook, "pipeline.completed", 2);
            assertThat(heard.getLast().body()).isEqualTo(heard.getFirst().body());
            assertThat(heard.getLast().header("webhook-id"))
                    .isEqualTo(heard.getFirst().header("webhook-id"));
            assertThat(heard)
                    .extracting(h -> h.header("x-delivery-attempt"))
                    .containsExactly("1", "2");
            Answer log = delivered(acme, "?run_id=" + run);
            String delivery = log.list("deliveries").getFirst().path("delivery_id").asString();
            Answer detail = acme.get(DELIVERIES + "/" + delivery).isOk();
            assertThat(detail.list("attempts"))
                    .extracting(a -> a.path("http_status").asInt())
                    .containsExactly(500, 204);
            assertThat(detail.field("payload").path("run_id").asString())
                    .isEqualTo(heard.getFirst().json().path("run_id").asString());

            Answer again = acme.post(DELIVERIES + "/" + delivery + "/redeliver", Map.of());
            assertThat(again.status()).as(again.text()).isEqualTo(202);
            assertThat(heard(hook, "pipeline.completed", 3).getLast().body())
                    .isEqualTo(heard.getFirst().body());
        }
    }

    @Test
    void a_failing_run_is_told_once_for_each_attempt_with_its_error() {
        Caller acme = house.onboard("hook_fails", "SCALE");
        try (HookServer hook = new HookServer()) {
            endpoint(acme, hook.url(), Map.of("events", List.of("job.run.failed")));
            probe(acme, "hook_fails", Map.of("outcome", "FAILED", "error", "Test error"));

            List<Heard> heard = heard(hook, "job.run.failed", 4);
            assertThat(heard)
                    .hasSize(4)
                    .allMatch(h -> h.text().contains("Test error"))
                    .extracting(h -> h.header("idempotency-key"))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void an_endpoint_is_tested_rotated_changed_and_deleted() {
        Caller acme = house.onboard("hook_life", "SCALE");
        try (HookServer hook = new HookServer()) {
            String own = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
            Answer made =
                    endpoint(
                            acme,
                            hook.url(),
                            Map.of("secret", own, "max_attempts", 5, "events", List.of("QUOTA.*")));
            String id = made.get("endpoint_id");
            assertThat(made.get("secret")).isEqualTo(own);
            assertThat(made.list("events"))
                    .extracting(JsonNode::asString)
                    .containsExactly("quota.*");
            assertThat(acme.get(ENDPOINTS + "/" + id).isOk().text()).doesNotContain("whsec_");
            assertThat(acme.get(ENDPOINTS).isOk().text()).doesNotContain("whsec_").contains(id);

            Answer rotated = acme.post(ENDPOINTS + "/" + id + "/rotate-secret", Map.of()).isOk();
            assertThat(rotated.get("secret")).startsWith("whsec_").isNotEqualTo(own);
            assertThat(rotated.get("old_secret_valid_until")).isNotBlank();
            assertThat(acme.post(ENDPOINTS + "/" + id + "/test", Map.of()).status()).isEqualTo(202);
            Heard test = heard(hook, "webhook.test", 1).getFirst();
            assertThat(test.header("webhook-signature").split(" ")).hasSize(2);

            Answer off = acme.patch(ENDPOINTS + "/" + id, Map.of("enabled", false)).isOk();
            assertThat(off.field("enabled").asBoolean()).isFalse();
            assertThat(off.number("max_attempts")).isEqualTo(5);
            acme.post(ENDPOINTS + "/" + id + "/test", Map.of()).isRefused(409, "CONFLICT");
            assertThat(acme.delete(ENDPOINTS + "/" + id).isOk().field("deleted").asBoolean())
                    .isTrue();
            acme.get(ENDPOINTS + "/" + id).isRefused(404, "RESOURCE_NOT_FOUND");
            assertThat(acme.get(DELIVERIES + "?endpoint_id=" + id).isOk().list("deliveries"))
                    .hasSize(1);
        }
    }

    @Test
    void a_repeated_creation_makes_one_endpoint_and_shows_its_secret_once() {
        Caller acme = house.onboard("hook_idem", "SCALE").with("Idempotency-Key", "k1");
        Answer first = endpoint(acme, "https://hooks.example.com/a", Map.of());
        Answer second = acme.post(ENDPOINTS, Map.of("url", "https://hooks.example.com/a"));

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.get("endpoint_id")).isEqualTo(first.get("endpoint_id"));
        assertThat(second.field("secret").isNull()).isTrue();
        assertThat(acme.get(ENDPOINTS).isOk().list("endpoints")).hasSize(1);
    }

    @Test
    void bad_wishes_are_refused_with_the_field_named() {
        Caller acme = house.onboard("hook_bad", "SCALE");
        Map<String, Map<String, Object>> bad = new HashMap<>();
        bad.put("url", Map.of());
        bad.put("events[1]", with("events", List.of("job.run.*", "job.run.paused")));
        bad.put("events", with("events", List.of()));
        bad.put("secret", with("secret", "short"));
        bad.put("max_attempts", with("max_attempts", 11));
        bad.put("colour", with("colour", "red"));
        bad.forEach((field, body) -> {
            Answer answer = acme.post(ENDPOINTS, body);
            assertThat(answer.status()).as(field + answer.text()).isEqualTo(422);
            assertThat(answer.list("errors"))
                    .extracting(error -> error.path("field").asString())
                    .contains(field);
        });
        for (String url :
                List.of(
                        "ftp://example.com",
                        "http://169.254.169.254/latest",
                        "https://u:p@example.com",
                        "http://example.com:22/",
                        "x\u0000y")) {
            assertThat(acme.post(ENDPOINTS, Map.of("url", url)).status()).as(url).isIn(400, 422);
        }
        assertThat(acme.get(DELIVERIES + "?state=GREEN").status()).isEqualTo(422);
        assertThat(acme.get(DELIVERIES + "?event=job.run.paused").status()).isEqualTo(422);
        assertThat(acme.get(DELIVERIES + "?run_id=nonsense").status()).isIn(400, 422);
        assertThat(acme.get(DELIVERIES + "?limit=201").status()).isEqualTo(422);
        assertThat(acme.get(DELIVERIES + "?cursor=nonsense").status()).isIn(400, 422);
        acme.get(DELIVERIES + "/" + java.util.UUID.randomUUID())
                .isRefused(404, "RESOURCE_NOT_FOUND");
    }

    @Test
    void another_tenants_key_finds_nothing_and_changes_nothing() {
        Caller acme = house.onboard("hook_owner", "SCALE");
        Caller thief = house.onboard("hook_thief", "SCALE");
        try (HookServer hook = new HookServer()) {
            String id = endpoint(acme, hook.url(), Map.of()).get("endpoint_id");
            acme.post(ENDPOINTS + "/" + id + "/test", Map.of());
            heard(hook, "webhook.test", 1);
            String delivery =
                    delivered(acme, "?event=webhook.test")
                            .list("deliveries")
                            .getFirst()
                            .path("delivery_id")
                            .asString();

            String endpoint = ENDPOINTS + "/" + id;
            List<Answer> answers =
                    List.of(
                            thief.get(endpoint),
                            thief.patch(endpoint, Map.of("url", "https://thief.example/")),
                            thief.delete(endpoint),
                            thief.post(endpoint + "/rotate-secret", Map.of()),
                            thief.post(endpoint + "/test", Map.of()),
                            thief.get(DELIVERIES + "/" + delivery),
                            thief.post(DELIVERIES + "/" + delivery + "/redeliver", Map.of()));
            answers.forEach(answer -> answer.isRefused(404, "RESOURCE_NOT_FOUND"));
            assertThat(thief.get(DELIVERIES + "?endpoint_id=" + id).isOk().list("deliveries"))
                    .isEmpty();
            assertThat(thief.get(ENDPOINTS).isOk().list("endpoints")).isEmpty();
            assertThat(Caller.nobody(server).get(ENDPOINTS).status()).isEqualTo(401);
            assertThat(acme.get(endpoint).isOk().get("url")).isEqualTo(hook.url());
        }
    }

    @Test
    void the_log_is_listed_in_pages_without_gaps() {
        Caller acme = house.onboard("hook_pages", "SCALE");
        try (HookServer hook = new HookServer()) {
            String id = endpoint(acme, hook.url(), Map.of()).get("endpoint_id");
            IntStream.range(0, 5).forEach(_ -> acme.post(ENDPOINTS + "/" + id + "/test", Map.of()));
            heard(hook, "webhook.test", 5);

            List<String> seen = new ArrayList<>();
            String cursor = "";
            do {
                Answer page = acme.get(DELIVERIES + "?limit=2" + cursor).isOk();
                page.list("deliveries").forEach(d -> seen.add(d.path("delivery_id").asString()));
                cursor =
                        page.field("next_cursor").isNull()
                                ? ""
                                : "&cursor=" + page.get("next_cursor");
            } while (!cursor.isEmpty());
            assertThat(seen)
                    .hasSize(5)
                    .doesNotHaveDuplicates()
                    .isSortedAccordingTo((a, b) -> b.compareTo(a));
        }
    }

    private static Map<String, Object> with(String field, Object value) {
        return Map.of("url", "https://hooks.example.com/", field, value);
    }

    private static Answer endpoint(Caller tenant, String url, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("url", url);
        Answer made = tenant.post(ENDPOINTS, body);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made;
    }

    private String probe(Caller tenant, String id, Map<String, Object> parameters) {
        String run =
                tenant.post(
                                "/pipelines/run/" + id + "/system/diagnostics/probe",
                                Map.of("parameters", parameters))
                        .isOk()
                        .get("pipeline_logging_id");
        house.ended(tenant, run);
        return run;
    }

    private static List<Heard> heard(HookServer hook, String event, int count) {
        eventually(event + " is heard", SOON, () -> hook.of(event).size() >= count);
        return hook.of(event);
    }

    private static Answer delivered(Caller tenant, String query) {
        eventually(
                "it is delivered",
                SOON,
                () ->
                        tenant.get(DELIVERIES + query + "&state=DELIVERED")
                                        .isOk()
                                        .list("deliveries")
                                        .size()
                                == 1);
        return tenant.get(DELIVERIES + query).isOk();
    }
}
