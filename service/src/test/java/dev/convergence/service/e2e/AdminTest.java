package dev.convergence.service.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.service.MigratedDatabase;
import dev.convergence.service.RunningServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// An installation set up in single steps, as an operator's scripts do it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminTest {

    private RunningServer server;
    private Caller operator;
    private Caller tenant;

    @BeforeAll
    void open(@TempDir Path folder) {
        server =
                RunningServer.start(
                        folder,
                        Map.of("DATABASE_URL", MigratedDatabase.url(), "CONVERGENCE_WORKERS", "0"));
        operator = Caller.operator(server);
        tenant = new House(server).onboard("other_ltd", "STARTER");
    }

    @AfterAll
    void close() {
        server.close();
    }

    @Test
    void bootstrap_finds_the_tables_and_makes_none_a_second_time() {
        JsonNode answer = operator.post("/admin/bootstrap", Map.of()).isOk().json();

        assertThat(answer.path("status").asString()).isEqualTo("success");
        assertThat(answer.path("dataset_created").asBoolean()).isFalse();
        assertThat(answer.path("tables_created").isEmpty()).isTrue();
        assertThat(answer.path("tables_existed").valueStream().map(JsonNode::asString))
                .contains("tenant_profiles", "tenant_api_keys", "scheduled_pipeline_runs");
        assertThat(answer.path("total_tables").asInt())
                .isEqualTo(answer.path("tables_existed").size())
                .isGreaterThanOrEqualTo(8);
    }

    @Test
    void nothing_is_ever_dropped_by_force() {
        Answer refused = operator.post("/admin/bootstrap", Map.of("force_recreate_tables", true));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("force_recreate_tables");
    }

    @Test
    void a_tenant_comes_first_and_its_one_key_later() {
        JsonNode made =
                operator.post("/admin/tenants", Map.of("tenant_id", "steps_ltd")).isOk().json();
        assertThat(made.path("api_keys_count").asInt()).isZero();
        assertThat(made.path("datasets_created").asInt()).isEqualTo(1);
        assertThat(operator.post("/admin/tenants", Map.of("tenant_id", "steps_ltd")).status())
                .isEqualTo(409);

        Map<String, String> wish = Map.of("tenant_id", "steps_ltd", "description", "of a script");
        JsonNode issued = operator.post("/admin/api-keys", wish).isOk().json();
        Caller owner = Caller.tenant(server, issued.path("api_key").asString());
        assertThat(owner.get("/tenants/steps_ltd").status()).isEqualTo(200);
        assertThat(operator.post("/admin/api-keys", wish).status()).isEqualTo(409);
        assertThat(
                        operator.get("/admin/tenants/steps_ltd")
                                .isOk()
                                .json()
                                .path("api_keys_count")
                                .asInt())
                .isEqualTo(1);

        String hash = issued.path("tenant_api_key_hash").asString();
        operator.delete("/admin/api-keys/" + hash).isOk();
        assertThat(owner.get("/tenants/steps_ltd").status()).isEqualTo(401);
        operator.post("/admin/api-keys", wish).isOk();
    }

    @Test
    void the_list_of_tenants_goes_on_at_its_own_cursor_only() {
        for (String name : List.of("paged_a", "paged_b")) {
            operator.post("/admin/tenants", Map.of("tenant_id", name)).isOk();
        }
        Answer first = operator.get("/tenants?search=paged_&limit=1").isOk();
        Answer second =
                operator.get("/tenants?search=paged_&limit=1&cursor=" + first.get("next_cursor"))
                        .isOk();

        assertThat(first.json().at("/tenants/0/tenant_id").asString()).isEqualTo("paged_a");
        assertThat(second.json().at("/tenants/0/tenant_id").asString()).isEqualTo("paged_b");
        assertThat(second.field("next_cursor").isNull()).isTrue();
        operator.get("/tenants?cursor=paged_a").isRefused(400, "INVALID_PARAMETER");
    }

    @Test
    void what_is_unknown_is_not_found() {
        assertThat(operator.get("/admin/tenants/nobody_ltd").status()).isEqualTo(404);
        assertThat(operator.delete("/admin/api-keys/" + "0".repeat(64)).status()).isEqualTo(404);
        assertThat(operator.post("/admin/api-keys", Map.of("tenant_id", "nobody_ltd")).status())
                .isEqualTo(404);
        assertThat(operator.post("/admin/api-keys", Map.of()).status()).isEqualTo(422);
    }

    @Test
    void what_is_wrong_is_named_as_it_was_written() {
        Answer tenant =
                operator.post(
                        "/admin/tenants", Map.of("tenant_id", "wrong_ltd", "description", ""));
        Answer key =
                operator.post(
                        "/admin/api-keys",
                        Map.of("tenant_id", "other_ltd", "description", "k".repeat(101)));

        assertThat(tenant.status()).isEqualTo(422);
        assertThat(tenant.text()).contains("\"description\"").doesNotContain("company_name");
        assertThat(key.status()).isEqualTo(422);
        assertThat(key.text()).contains("\"description\"").doesNotContain("key_name");
        assertThat(operator.get("/admin/tenants/a!").status()).isEqualTo(400);
    }

    @Test
    void a_tenants_key_opens_none_of_it() {
        assertThat(tenant.post("/admin/bootstrap", Map.of()).status()).isIn(401, 403);
        assertThat(tenant.get("/admin/tenants/other_ltd").status()).isIn(401, 403);
        assertThat(tenant.post("/admin/api-keys", Map.of("tenant_id", "other_ltd")).status())
                .isIn(401, 403);
    }
}
