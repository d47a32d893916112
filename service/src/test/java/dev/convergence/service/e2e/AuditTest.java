package dev.convergence.service.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.service.RunningServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Who did what, as a tenant and the operator find it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditTest {

    private static final String CONFIGS = "/scheduler/pipeline-configs";

    private RunningServer server;
    private House house;

    @BeforeAll
    void open(@TempDir Path folder) {
        server = RunningServer.start(folder, Map.of());
        house = new House(server);
    }

    @AfterAll
    void close() {
        server.close();
    }

    @Test
    void a_change_is_written_down_with_who_what_before_and_after_and_the_request() {
        Caller acme = house.onboard("audit_acme", "SCALE").with("X-User-ID", "anna");
        String config = config(acme);
        Answer changed =
                acme.with("X-Request-ID", "req-42")
                        .patch(CONFIGS + "/" + config, Map.of("priority", 9));
        assertThat(changed.status()).isEqualTo(200);

        JsonNode entry = entries(acme, "?action=pipeline-configs.change").getFirst();
        assertThat(entry.path("actor").asString()).startsWith("key:");
        assertThat(entry.path("user_id").asString()).isEqualTo("anna");
        assertThat(entry.path("request_id").asString()).isEqualTo("req-42");
        assertThat(entry.path("resource_id").asString()).isEqualTo(config);
        assertThat(entry.path("outcome").asString()).isEqualTo("DONE");
        assertThat(entry.path("before").path("priority").asInt()).isEqualTo(5);
        assertThat(entry.path("after").path("priority").asInt()).isEqualTo(9);

        acme.post(CONFIGS + "/" + config + "/pause", Map.of()).isOk();
        JsonNode paused = entries(acme, "?action=pipeline-configs.pause").getFirst();
        assertThat(paused.path("before").path("is_active").asBoolean()).isTrue();
        assertThat(paused.path("after").path("is_active").asBoolean()).isFalse();
    }

    @Test
    void secrets_are_masked_before_and_after() {
        Caller acme = house.onboard("audit_secret", "SCALE");
        Answer key =
                acme.post(
                        "/tenants/audit_secret/api-keys",
                        Map.of("name", "k2", "scopes", List.of("pipelines:read")));
        acme.post(
                "/tenants/audit_secret/credentials",
                Map.of(
                        "provider",
                        "OPENAI",
                        "credential_name",
                        "c",
                        "credentials",
                        Map.of("api_key", "sk-very-secret")));
        String all = acme.get("/audit").isOk().text();
        assertThat(all).doesNotContain("sk-very-secret").doesNotContain(key.get("api_key"));
        assertThat(
                        entries(acme, "?action=api-keys.create")
                                .getFirst()
                                .path("after")
                                .path("api_key")
                                .asString())
                .isEqualTo("***");
    }

    @Test
    void a_refused_write_and_a_foreign_one_are_written_down_as_that() {
        Caller acme = house.onboard("audit_refused", "SCALE");
        Caller other = house.onboard("audit_other", "SCALE");
        acme.post(CONFIGS, Map.of("colour", "red"));
        JsonNode refused = entries(acme, "?action=pipeline-configs.create").getFirst();
        assertThat(refused.path("outcome").asString()).isEqualTo("REFUSED");
        assertThat(refused.path("status").asInt()).isEqualTo(422);

        other.delete(
                "/tenants/audit_refused/notifications/channels/" + java.util.UUID.randomUUID());
        JsonNode foreign = entries(other, "?action=channels.delete").getFirst();
        assertThat(foreign.path("error_code").asString()).isEqualTo("FORBIDDEN");
        assertThat(foreign.path("before").isNull()).isTrue();
        assertThat(entries(acme, "?action=channels.delete")).isEmpty();
    }

    @Test
    void a_tenant_sees_its_own_and_what_the_operator_did_to_it_and_nobody_elses() {
        Caller acme = house.onboard("audit_own", "SCALE");
        Caller other = house.onboard("audit_else", "SCALE");
        config(other);
        house.operator().post("/tenants/audit_own/suspend", Map.of("reason", "test")).isOk();
        house.operator().post("/tenants/audit_own/activate", Map.of()).isOk();

        assertThat(entries(acme, ""))
                .extracting(e -> e.path("action").asString())
                // Its onboarding began before it was there, by a millisecond or less.
                .filteredOn(action -> !action.equals("tenants.onboard"))
                .containsExactly("tenants.activate", "tenants.suspend");
        acme.get("/audit?tenant_id=audit_else").isRefused(403, "FORBIDDEN");
        assertThat(
                        house.operator()
                                .get("/audit?tenant_id=audit_else&resource=pipeline-configs")
                                .isOk()
                                .list("entries"))
                .hasSize(1);
        assertThat(house.operator().get("/audit?actor=admin&limit=2").isOk().list("entries"))
                .hasSize(2);
        assertThat(Caller.nobody(server).get("/audit").status()).isEqualTo(401);
        assertThat(acme.get("/audit?from=yesterday").status()).isEqualTo(422);
        assertThat(acme.get("/audit?limit=201").status()).isEqualTo(422);
    }

    @Test
    void one_entry_is_shown_to_whom_it_is_listed_and_to_nobody_else() {
        Caller acme = house.onboard("audit_one", "SCALE");
        Caller other = house.onboard("audit_two", "SCALE");
        String config = config(acme);
        JsonNode listed = entries(acme, "?resource_id=" + config).getFirst();
        String path = "/audit/" + listed.path("audit_id").asString();

        assertThat(acme.get(path).isOk().json()).isEqualTo(listed);
        assertThat(house.operator().get(path).isOk().get("action"))
                .isEqualTo("pipeline-configs.create");
        other.get(path).isRefused(404, "RESOURCE_NOT_FOUND");
        acme.get("/audit/" + java.util.UUID.randomUUID()).isRefused(404, "RESOURCE_NOT_FOUND");
        assertThat(acme.get("/audit/nonsense").status()).isBetween(400, 422);
    }

    @Test
    void a_replayed_answer_is_written_down_as_that() {
        Caller acme = house.onboard("audit_again", "SCALE").with("Idempotency-Key", "k");
        acme.post("/jobs", Map.of("type", "probe"));
        acme.post("/jobs", Map.of("type", "probe"));
        assertThat(entries(acme, "?action=jobs.create"))
                .extracting(e -> e.path("outcome").asString())
                .containsExactly("REPLAYED", "DONE");
    }

    @Test
    void what_a_pipeline_was_is_read_change_by_change_and_by_its_owner_only() {
        Caller acme = house.onboard("audit_revised", "SCALE").with("X-User-ID", "anna");
        Caller other = house.onboard("audit_curious", "SCALE");
        String config = config(acme);
        String under = "/scheduler/tenant/audit_revised/pipelines/" + config;
        acme.patch(CONFIGS + "/" + config, Map.of("priority", 9, "parameters", Map.of("echo", 1)));
        acme.patch(CONFIGS + "/" + config, Map.of("priority", 99)).isRefused(422, "INVALID_FIELD");
        acme.post(CONFIGS + "/" + config + "/run-now", Map.of()).isOk();
        house.operator().patch(under, Map.of("schedule_cron", "30 4 * * *")).isOk();

        List<JsonNode> found = revisions(acme, CONFIGS + "/" + config + "/revisions");
        assertThat(found)
                .extracting(e -> e.path("action").asString())
                .containsExactly(
                        "pipelines.change", "pipeline-configs.change", "pipeline-configs.create");
        assertThat(changed(found.get(0))).containsExactly("schedule_cron");
        assertThat(found.get(0).path("actor").asString()).isEqualTo("admin");
        assertThat(changed(found.get(1))).containsExactly("parameters", "priority");
        JsonNode priority = found.get(1).path("changes").get(1);
        assertThat(priority.path("before").asInt()).isEqualTo(5);
        assertThat(priority.path("after").asInt()).isEqualTo(9);
        assertThat(found.get(1).path("user_id").asString()).isEqualTo("anna");
        assertThat(found.get(1).path("config").path("schedule_cron").asString())
                .isEqualTo("0 2 * * *");

        Answer page = acme.get(under + "/revisions?limit=2").isOk();
        assertThat(revisions(acme, under + "/revisions?limit=2&cursor=" + page.get("next_cursor")))
                .containsExactly(found.get(2));
        assertThat(revisions(house.operator(), CONFIGS + "/" + config + "/revisions"))
                .isEqualTo(found);
        other.get(CONFIGS + "/" + config + "/revisions").isRefused(404, "RESOURCE_NOT_FOUND");
        other.get(under + "/revisions").isRefused(403, "FORBIDDEN");
        other.get("/scheduler/tenant/audit_curious/pipelines/" + config + "/revisions")
                .isRefused(404, "RESOURCE_NOT_FOUND");
    }

    private static List<JsonNode> revisions(Caller caller, String path) {
        return caller.get(path).isOk().list("revisions");
    }

    private static List<String> changed(JsonNode revision) {
        return revision.path("changes")
                .valueStream()
                .map(change -> change.path("field").asString())
                .toList();
    }

    private static String config(Caller tenant) {
        Map<String, Object> config = new HashMap<>();
        config.put("provider", "SYSTEM");
        config.put("domain", "DIAGNOSTICS");
        config.put("pipeline_template", "probe");
        config.put("schedule_cron", "0 2 * * *");
        return tenant.post(CONFIGS, config).isOk().get("config_id");
    }

    private static List<JsonNode> entries(Caller caller, String query) {
        return caller.get("/audit" + query).isOk().list("entries");
    }
}
