package dev.convergence.service.e2e;

import static dev.convergence.service.e2e.QuietServer.CONFIGS;
import static dev.convergence.service.e2e.QuietServer.config;
import static dev.convergence.service.e2e.QuietServer.in;
import static dev.convergence.service.e2e.QuietServer.now;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The list by which the whole is accepted, one test a point: tenants, keys, credentials, configs.
/// Each test has a tenant of its own. [AcceptanceQueueTest] has the points about the queue.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AcceptanceTest {

    private @Nullable QuietServer server;
    private House house;
    private Caller operator;
    private Caller nobody;

    @BeforeAll
    void open(@TempDir Path folder) {
        server = new QuietServer(folder);
        house = server.house;
        operator = house.operator();
        nobody = server.nobody();
    }

    @AfterAll
    void close() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void p01_health_is_green_and_metrics_are_there() throws Exception {
        QuietServer open = Objects.requireNonNull(server);
        for (String path : List.of("/", "/health", "/health/live", "/health/ready")) {
            assertThat(open.root(path).isOk().json().isObject()).as(path).isTrue();
        }
        assertThat(open.root("/metrics").isOk().text())
                .contains("# TYPE", "quota_refusals_total", "queue_oldest_ready_seconds");
    }

    @Test
    void p02_a_key_works_at_once_an_id_is_taken_once_and_wrong_ids_are_refused() {
        Caller tenant = house.onboard("p02_tenant", "STARTER");
        assertThat(tenant.get("/tenants/p02_tenant").isOk().get("customer_id"))
                .isEqualTo("p02_tenant");
        onboard("p02_tenant", "STARTER").isRefused(409, "DUPLICATE_TENANT_ID");
        for (String id : List.of("ab", "a".repeat(51), "with-hyphen", "a b c", "x';DROP TABLE t")) {
            assertThat(onboard(id, "STARTER").status()).as(id).isEqualTo(422);
        }
    }

    @Test
    void p03_plans_have_their_limits_and_starter_is_the_default() {
        assertLimits("p03_starter", "STARTER", 6, 180, 1);
        assertLimits("p03_professional", "PROFESSIONAL", 25, 750, 3);
        assertLimits("p03_scale", "SCALE", 100, 3000, 10);
        assertThat(onboard("p03_gold", "GOLD").status()).isEqualTo(422);
        operator.post("/customers/onboard", person("p03_default")).isOk();
        assertThat(operator.get("/tenants/p03_default/limits").isOk().get("subscription_plan"))
                .isEqualTo("STARTER");
    }

    @Test
    void p04_no_bad_revoked_expired_and_foreign_keys_open_no_tenants_door() throws SQLException {
        Caller owner = house.onboard("p04_owner", "SCALE");
        Caller foreign = house.onboard("p04_other", "SCALE");
        Answer revoked = owner.post("/tenants/p04_owner/api-keys", Map.of("key_name", "r")).isOk();
        owner.delete("/tenants/p04_owner/api-keys/" + revoked.get("api_key_id")).isOk();
        Answer expired = owner.post("/tenants/p04_owner/api-keys", Map.of("key_name", "e")).isOk();
        Objects.requireNonNull(server)
                .sql(
                        "UPDATE api_key SET expires_at = now() - interval '1 day' WHERE api_key_id = '%s'"
                                .formatted(expired.get("api_key_id")));
        for (String path : tenantPaths("p04_owner")) {
            assertThat(nobody.get(path).status()).as("none " + path).isEqualTo(401);
            assertThat(key("p04_owner_api_wrong").get(path).status()).as(path).isEqualTo(401);
            assertThat(key(revoked.get("api_key")).get(path).status()).as(path).isEqualTo(401);
            assertThat(key(expired.get("api_key")).get(path).status()).as(path).isEqualTo(401);
            assertThat(foreign.get(path).status()).as("foreign " + path).isEqualTo(403);
            assertThat(owner.get(path).status()).as("own " + path).isEqualTo(200);
        }
    }

    @Test
    void p05_operators_doors_open_to_operators_only() {
        Caller tenant = house.onboard("p05_tenant", "STARTER");
        Caller wrong = nobody.with("X-Admin-Key", "wrong");
        for (String path :
                List.of(
                        "/scheduler/trigger",
                        "/scheduler/process-queue",
                        "/scheduler/process",
                        "/scheduler/reset-daily-quotas",
                        "/scheduler/cleanup-orphaned-pipelines")) {
            assertThat(nobody.post(path, Map.of()).status()).as(path).isEqualTo(401);
            assertThat(wrong.post(path, Map.of()).status()).as(path).isEqualTo(403);
            assertThat(tenant.post(path, Map.of()).status()).as(path).isIn(401, 403);
        }
        Map<String, Object> override =
                Map.of("daily_limit", 9, "expires_at", in(1), "reason", "mine");
        assertThat(tenant.put("/tenants/p05_tenant/limits/overrides", override).status())
                .isIn(401, 403);
    }

    @Test
    void p06_credentials_are_created_updated_hidden_and_of_three_providers_for_a_starter() {
        Caller tenant = house.onboard("p06_tenant", "STARTER");
        assertThat(credential(tenant, "/customers/credentials", "GCP").get("action"))
                .isEqualTo("CREATED");
        assertThat(credential(tenant, "/tenants/p06_tenant/credentials", "GCP").get("action"))
                .isEqualTo("UPDATED");
        credential(tenant, "/customers/p06_tenant/credentials", "AWS").isOk();
        credential(tenant, "/customers/p06_tenant/credentials", "AZURE").isOk();
        assertThat(credential(tenant, "/customers/credentials", "OPENAI").status()).isEqualTo(403);
        assertThat(tenant.get("/tenants/p06_tenant/credentials").isOk().text())
                .doesNotContain("the-private-part");
    }

    @Test
    void p07_a_config_is_one_resource_in_four_spellings() {
        Caller tenant = house.onboard("p07_tenant", "SCALE");
        List<String> spellings =
                List.of(
                        "/customers/pipelines/configure",
                        "/scheduler/customer/p07_tenant/pipelines",
                        "/scheduler/tenant/p07_tenant/pipelines",
                        CONFIGS);
        for (String spelling : spellings) {
            tenant.post(spelling, config("0 2 * * *", Map.of())).isOk();
        }
        String id = config(tenant, Map.of());
        for (String spelling : spellings.subList(1, 4)) {
            assertThat(tenant.get(spelling).isOk().list("pipelines")).hasSize(5);
            assertThat(tenant.get(spelling + "/" + id).isOk().get("config_id")).isEqualTo(id);
        }
        assertThat(tenant.post(CONFIGS, config("61 * * * *", Map.of())).status()).isIn(400, 422);
        tenant.delete(CONFIGS + "/" + id).isOk();
        assertThat(tenant.get(CONFIGS + "?is_active=true").isOk().text()).doesNotContain(id);
        Caller other = house.onboard("p07_other", "SCALE");
        assertThat(other.get(spellings.get(2)).status()).isEqualTo(403);
        assertThat(other.get(CONFIGS + "/" + id).status()).isEqualTo(404);
    }

    @Test
    void p08_the_next_run_is_the_crons_next_instant_in_its_zone() {
        Caller tenant = house.onboard("p08_tenant", "SCALE");
        for (String zone : List.of("UTC", "America/New_York")) {
            Instant before = nextTwo(zone);
            Answer made =
                    tenant.post(CONFIGS, config("0 2 * * *", Map.of("timezone", zone))).isOk();
            assertThat(Instant.parse(made.get("next_run_time"))).isIn(before, nextTwo(zone));
        }
    }

    @Test
    void p17_a_deleted_tenant_leaves_nothing_and_its_id_is_free() {
        Caller tenant = house.onboard("p17_tenant", "STARTER");
        String config = config(tenant, Map.of());
        LocalDate day = LocalDate.ofInstant(now(), ZoneId.of("UTC")).minusDays(3);
        tenant.post(
                "/tenants/p17_tenant/backfills",
                Map.of(
                        "config_id", config,
                        "start_date", day.toString(),
                        "end_date", day.toString()));
        operator.delete("/customers/p17_tenant").isOk();
        assertThat(tenant.get("/tenants/p17_tenant").status()).isEqualTo(401);
        Caller again = house.onboard("p17_tenant", "STARTER");
        assertThat(again.get("/tenants/p17_tenant/usage").isOk().number("pipelines_run_month"))
                .isZero();
        assertThat(again.get("/tenants/p17_tenant/backfills").isOk().list("backfills")).isEmpty();
    }

    @Test
    void p24_an_answer_echoes_its_request_and_shows_no_inside() {
        Answer echoed = nobody.with("X-Request-ID", "my-request-1").get("/tenants/none/usage");
        assertThat(echoed.response().headers().firstValue("x-request-id")).contains("my-request-1");
        assertThat(echoed.text()).doesNotContain("Exception", "SELECT", "at dev.");
    }

    private void assertLimits(String id, String plan, int daily, int monthly, int concurrent) {
        house.onboard(id, plan);
        JsonNode limits = operator.get("/customers/" + id + "/limits").isOk().field("limits");
        assertThat(
                        Stream.of("daily_limit", "monthly_limit", "concurrent_limit")
                                .map(name -> limits.path(name).asInt()))
                .containsExactly(daily, monthly, concurrent);
    }

    private static Set<String> tenantPaths(String id) {
        return Stream.of(
                        "",
                        "/subscription",
                        "/usage",
                        "/usage/history",
                        "/limits",
                        "/api-keys",
                        "/credentials",
                        "/pipelines/status",
                        "/data/tables",
                        "/backfills",
                        "/limits/overrides",
                        "/dead-letters")
                .flatMap(part -> Stream.of("/tenants/" + id + part, "/customers/" + id + part))
                .collect(Collectors.toSet());
    }

    private Caller key(String key) {
        return nobody.with("X-API-Key", key);
    }

    private Answer onboard(String id, String plan) {
        Map<String, Object> wish = new HashMap<>(person(id));
        wish.put("subscription_plan", plan);
        return operator.post("/tenants/onboard", wish);
    }

    private static Map<String, Object> person(String id) {
        return Map.of(
                "customer_id", id, "company_name", "Company", "contact_email", "a@example.com");
    }

    private static Answer credential(Caller tenant, String path, String provider) {
        return tenant.post(
                path,
                Map.of(
                        "provider",
                        provider,
                        "credentials",
                        Map.of("private_key", "the-private-part")));
    }

    private static Instant nextTwo(String zone) {
        ZonedDateTime now = now().atZone(ZoneId.of(zone));
        ZonedDateTime two = now.with(LocalTime.of(2, 0));
        return (two.isAfter(now) ? two : two.plusDays(1)).toInstant();
    }
}
