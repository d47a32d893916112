package dev.convergence.service.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.service.RunningServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A tenant's first day: credentials, a run by hand, the quota, a run by schedule. Each test has a
/// tenant of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FirstDayTest {

    private static final String ALICE = "e2e_test_user_alice_uuid";

    private @Nullable RunningServer server;
    private House house;

    @BeforeAll
    void open(@TempDir Path folder) {
        server = RunningServer.start(folder, Map.of("CONVERGENCE_WORKERS", "2"));
        house = new House(server);
    }

    @AfterAll
    void close() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void a_stored_credential_names_who_stored_it_and_comes_with_a_data_set() {
        Caller tenant = house.onboard("day_credential", "PROFESSIONAL").with("X-User-ID", ALICE);
        Answer stored =
                tenant.post(
                                "/tenants/day_credential/credentials",
                                Map.of(
                                        "provider",
                                        "GCP",
                                        "credentials",
                                        Map.of("private_key", "the-private-part")))
                        .isOk();
        assertThat(stored.get("action")).isEqualTo("CREATED");
        assertThat(stored.get("dataset_status")).isEqualTo("EXISTS");

        Answer listed = tenant.get("/tenants/day_credential/credentials").isOk();
        assertThat(listed.text()).contains(ALICE).doesNotContain("the-private-part");
        assertThat(tenant.get("/tenants/day_credential/data/tables").isOk().text())
                .contains("x_meta_pipeline_runs", "x_meta_step_logs", "x_meta_dq_results");
    }

    @Test
    void a_run_by_hand_records_its_user_and_counts_against_the_tenant() {
        Today.goesOnForAWhile();
        Caller tenant = house.onboard("day_manual", "PROFESSIONAL").with("X-User-ID", ALICE);
        JsonNode run =
                house.run(
                        tenant,
                        "day_manual/gcp/cost/billing",
                        Map.of("source", "sample", "date", "2026-01-17"));

        assertThat(run.path("state").asString()).isEqualTo("COMPLETED");
        assertThat(run.path("user_id").asString()).isEqualTo(ALICE);
        assertThat(run.path("steps").valueStream().map(step -> step.path("rows_processed").asInt()))
                .anyMatch(rows -> rows > 0);
        assertThat(states(tenant, run)).containsExactly("PENDING", "RUNNING", "COMPLETED");
        Answer usage = tenant.get("/tenants/day_manual/usage").isOk();
        assertThat(usage.number("pipelines_run_today")).isEqualTo(1);
        assertThat(usage.number("concurrent_pipelines_running")).isZero();
        assertThat(rows(tenant, "day_manual", "SELECT user_id, status FROM x_meta_pipeline_runs"))
                .isEqualTo("[[\"" + ALICE + "\",\"COMPLETED\"]]");
    }

    @Test
    void the_quota_remaining_is_the_limit_less_what_ran_and_ends_in_a_refusal() {
        Today.goesOnForAWhile();
        Caller tenant = house.onboard("day_quota", "STARTER");
        for (int i = 1; i <= 6; i++) {
            house.run(tenant, "day_quota/system/diagnostics/probe", Map.of("echo", i));
            JsonNode left = tenant.get("/tenants/day_quota/usage").field("quota_remaining");
            assertThat(left.path("daily").asInt()).isEqualTo(6 - i);
        }
        Answer refused = tenant.post("/pipelines/run/day_quota/system/diagnostics/probe", Map.of());
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.get("detail")).containsIgnoringCase("quota exceeded");
        assertThat(refused.response().headers().firstValue("retry-after")).isPresent();
    }

    @Test
    void a_run_by_schedule_has_no_user() {
        Caller tenant = house.onboard("day_schedule", "PROFESSIONAL").with("X-User-ID", ALICE);
        Answer config =
                tenant.post(
                                "/scheduler/tenant/day_schedule/pipelines",
                                Map.of(
                                        "provider", "OPENAI",
                                        "domain", "OBSERVABILITY",
                                        "pipeline_template", "usage_tracking",
                                        "schedule_cron", FarMinute.found().hourly(),
                                        "parameters", Map.of("source", "sample")))
                        .isOk();
        house.makeDue(tenant, config.get("config_id"));
        house.trigger();

        JsonNode scheduled = House.scheduled(tenant, "").getFirst();
        JsonNode run = house.ended(tenant, scheduled.path("run_id").asString());
        assertThat(run.path("state").asString()).isEqualTo("COMPLETED");
        assertThat(run.path("trigger_type").asString()).isEqualTo("scheduler");
        assertThat(run.path("user_id").isNull()).isTrue();
        assertThat(states(tenant, run)).containsExactly("SCHEDULED", "RUNNING", "COMPLETED");
        assertThat(rows(tenant, "day_schedule", "SELECT user_id FROM x_meta_pipeline_runs"))
                .isEqualTo("[[null]]");
    }

    @Test
    void a_run_that_no_quota_was_left_for_was_skipped_when_it_came_due() {
        Caller tenant = house.onboard("day_skipped", "STARTER");
        house.operator()
                .put("/tenants/day_skipped/subscription/quota", Map.of("daily_limit", 0))
                .isOk();
        Answer config = tenant.post(QuietServer.CONFIGS, QuietServer.config("0 0 1 1 *", Map.of()));
        house.makeDue(tenant, config.get("config_id"));
        house.trigger();

        JsonNode skipped = House.scheduled(tenant, "").getFirst();
        JsonNode only = transitions(tenant, skipped).getFirst();
        assertThat(states(tenant, skipped)).containsExactly("SKIPPED");
        assertThat(only.path("from_state").isNull()).isTrue();
        assertThat(only.path("reason").asString()).containsIgnoringCase("quota exceeded");
    }

    private static List<String> states(Caller tenant, JsonNode run) {
        return transitions(tenant, run).stream()
                .map(transition -> transition.path("to_state").asString())
                .toList();
    }

    private static List<JsonNode> transitions(Caller tenant, JsonNode run) {
        return tenant.get("/pipelines/runs/" + run.path("run_id").asString() + "/transitions")
                .isOk()
                .list("transitions");
    }

    private static String rows(Caller tenant, String id, String sql) {
        return tenant.post("/tenants/" + id + "/data/query", Map.of("sql", sql))
                .isOk()
                .field("rows")
                .toString();
    }
}
