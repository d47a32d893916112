package dev.convergence.service.e2e;

import static dev.convergence.service.e2e.QuietServer.CONFIGS;
import static dev.convergence.service.e2e.QuietServer.PROBE;
import static dev.convergence.service.e2e.QuietServer.config;
import static dev.convergence.service.e2e.QuietServer.now;
import static dev.convergence.service.e2e.QuietServer.past;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The list by which the whole is accepted, one test a point: the trigger, the queue, runs, quotas.
/// Each test has a tenant of its own. [AcceptanceTest] has the points about tenants.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AcceptanceQueueTest {

    private @Nullable QuietServer server;
    private House house;
    private Caller operator;

    @BeforeAll
    void open(@TempDir Path folder) {
        server = new QuietServer(folder);
        house = server.house;
        operator = house.operator();
    }

    @AfterAll
    void close() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void p09_a_due_config_fires_once_and_inactive_or_suspended_ones_not_at_all() {
        Caller tenant = house.onboard("p09_tenant", "SCALE");
        String id = config(tenant, Map.of("next_run_time", past()));
        assertThat(ofTenant(house.trigger(), "p09_tenant")).isEqualTo(1);
        assertThat(ofTenant(house.trigger(), "p09_tenant")).isZero();
        assertThat(Instant.parse(tenant.get(CONFIGS + "/" + id).get("next_run_time")))
                .isAfter(now());
        config(tenant, Map.of("next_run_time", past(), "is_active", false));
        Caller halted = house.onboard("p09_halted", "SCALE");
        config(halted, Map.of("next_run_time", past()));
        operator.post("/tenants/p09_halted/suspend", Map.of("reason", "test")).isOk();
        Answer last = house.trigger();
        assertThat(ofTenant(last, "p09_tenant") + ofTenant(last, "p09_halted")).isZero();
        for (String limit : List.of("0", "1001")) {
            assertThat(operator.post("/scheduler/trigger?limit=" + limit, Map.of()).status())
                    .isEqualTo(422);
        }
    }

    @Test
    void p10_higher_priorities_are_processed_first_and_equals_in_order() {
        Caller tenant = house.onboard("p10_tenant", "SCALE");
        for (int priority : List.of(3, 9, 5)) {
            config(tenant, Map.of("next_run_time", past(), "priority", priority));
        }
        house.trigger();
        List<Integer> order =
                IntStream.range(0, 3)
                        .mapToObj(_ -> next("p10_tenant"))
                        .map(run -> tenant.get("/pipelines/runs/" + run).field("priority").asInt())
                        .toList();
        assertThat(order).containsExactly(9, 5, 3);
    }

    @Test
    void p11_a_run_goes_from_the_queue_to_completion_and_its_config_remembers() {
        Caller tenant = house.onboard("p11_tenant", "SCALE");
        String id = config(tenant, Map.of("next_run_time", past()));
        house.trigger();
        JsonNode run = house.ended(tenant, next("p11_tenant"));
        assertThat(run.path("state").asString()).isEqualTo("COMPLETED");
        assertThat(run.path("user_id").isNull()).isTrue();
        assertThat(run.path("trigger_type").asString()).isEqualTo("scheduler");
        assertThat(tenant.get(CONFIGS + "/" + id).get("last_run_status")).isEqualTo("SUCCESS");
    }

    @Test
    void p12_a_failure_is_kept_and_tried_again_after_a_minute_with_less_priority() {
        Caller tenant = house.onboard("p12_tenant", "SCALE");
        Map<String, Object> fails = Map.of("outcome", "FAILED", "error", "e".repeat(3000));
        config(tenant, Map.of("next_run_time", past(), "parameters", fails));
        house.trigger();
        JsonNode failed = house.ended(tenant, next("p12_tenant"));
        assertThat(failed.path("state").asString()).isEqualTo("FAILED");
        assertThat(failed.path("error_message").asString()).hasSizeBetween(1, 1000);
        String id = failed.path("run_id").asString();
        JsonNode retry =
                tenant.get("/scheduler/scheduled/" + id + "/retries")
                        .isOk()
                        .list("runs")
                        .getFirst();
        assertThat(retry.path("retry_attempt").asInt()).isEqualTo(1);
        assertThat(retry.path("priority").asInt()).isEqualTo(4);
        Duration pause =
                Duration.between(
                        Instant.parse(failed.path("end_time").asString()),
                        Instant.parse(retry.path("next_attempt_at").asString()));
        assertThat(pause).isEqualTo(Duration.ofSeconds(60));
        assertThat(
                        tenant.get("/pipelines/runs/" + retry.path("run_id").asString() + "/why")
                                .isOk()
                                .text())
                .contains("RETRY_PAUSE");
    }

    @Test
    void p13_a_run_by_hand_has_its_shape_its_user_and_joins_an_identical_one() {
        Caller tenant = house.onboard("p13_tenant", "SCALE").with("X-User-ID", "alice");
        String path = "/pipelines/run/p13_tenant" + PROBE;
        Answer first = tenant.post(path, Map.of("date", "2026-01-01")).isOk();
        Answer same = tenant.post(path, Map.of("date", "2026-01-01")).isOk();
        Answer other = tenant.post(path, Map.of("date", "2026-01-02")).isOk();
        String id = first.get("pipeline_logging_id");
        assertThat(same.get("pipeline_logging_id")).isEqualTo(id);
        assertThat(same.field("duplicate").asBoolean()).isTrue();
        assertThat(other.get("pipeline_logging_id")).isNotEqualTo(id);
        assertThat(tenant.get("/pipelines/runs/" + id).isOk().get("user_id")).isEqualTo("alice");
        assertThat(tenant.post("/pipelines/run/p14_tenant" + PROBE, Map.of()).status())
                .isEqualTo(403);
        assertThat(tenant.post("/pipelines/run/p13_tenant/gcp/cost/nothing", Map.of()).status())
                .isEqualTo(404);
        assertThat(tenant.post(path, Map.of("date", "2026-02-30")).status()).isEqualTo(400);
        tenant.delete("/pipelines/runs/" + id).isOk();
        tenant.delete("/pipelines/runs/" + other.get("pipeline_logging_id")).isOk();
    }

    @Test
    void p14_fifty_callers_get_exactly_six_and_the_refusal_says_when() {
        Today.goesOnForAWhile();
        Caller tenant = house.onboard("p14_tenant", "STARTER");
        operator.put("/tenants/p14_tenant/subscription/quota", Map.of("concurrent_limit", 50))
                .isOk();
        List<Answer> answers =
                IntStream.range(0, 50)
                        .parallel()
                        .mapToObj(i ->
                                tenant.post(
                                        "/pipelines/run/p14_tenant" + PROBE,
                                        Map.of("parameters", Map.of("echo", i))))
                        .toList();
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(6);
        Answer refused =
                answers.stream().filter(answer -> answer.status() == 429).findFirst().orElseThrow();
        refused.isRefused(429, "DAILY_QUOTA_EXCEEDED");
        assertThat(refused.get("detail")).containsIgnoringCase("quota exceeded").contains("6/6");
        assertThat(refused.json().propertyNames())
                .contains("limit", "used", "remaining", "resets_at", "retry_after");
        assertThat(refused.response().headers().firstValue("retry-after")).isPresent();
        assertThat(tenant.get("/tenants/p14_tenant/limits").isOk().field("daily").toString())
                .contains("\"percent\":100.0", "EXHAUSTED", "resets_at");
        operator.post("/scheduler/reset-daily-quotas", Map.of()).isOk();
        operator.put("/tenants/p14_tenant/subscription/quota", Map.of("monthly_limit", 6)).isOk();
        tenant.post("/pipelines/run/p14_tenant" + PROBE, Map.of("parameters", Map.of("echo", "m")))
                .isRefused(429, "MONTHLY_QUOTA_EXCEEDED");
    }

    @Test
    void p15_a_run_that_lasts_too_long_is_ended_and_a_young_one_is_not() throws SQLException {
        Caller tenant = house.onboard("p15_tenant", "SCALE");
        List<String> runs =
                IntStream.range(0, 2)
                        .mapToObj(i ->
                                tenant.post(
                                                "/pipelines/run/p15_tenant" + PROBE,
                                                Map.of(
                                                        "parameters",
                                                        Map.of("duration_ms", 600_000, "echo", i)))
                                        .isOk()
                                        .get("run_id"))
                        .toList();
        next("p15_tenant");
        next("p15_tenant");
        Objects.requireNonNull(server)
                .sql(
                        "UPDATE lease SET claimed_at = now() - interval '2 hours' WHERE job_id = '%s'"
                                .formatted(runs.getFirst()));
        Answer cleaned =
                operator.post("/scheduler/cleanup-orphaned-pipelines?timeout_minutes=60", Map.of())
                        .isOk();
        assertThat(cleaned.number("total_pipelines_cleaned")).isEqualTo(1);
        JsonNode ended = tenant.get("/pipelines/runs/" + runs.getFirst()).isOk().json();
        assertThat(ended.path("state").asString()).isEqualTo("FAILED");
        assertThat(ended.path("error_message").asString()).contains("60 minutes");
        assertThat(House.state(tenant, runs.getLast())).isEqualTo("RUNNING");
        assertThat(tenant.get("/tenants/p15_tenant/usage").number("concurrent_pipelines_running"))
                .isEqualTo(1);
        assertThat(cleaned.field("repaired").toString()).doesNotContainPattern("[1-9]");
        tenant.delete("/pipelines/runs/" + runs.getLast()).isOk();
    }

    @Test
    void p16_a_reset_twice_is_once_and_old_days_go() throws SQLException {
        Today.goesOnForAWhile();
        house.onboard("p16_tenant", "STARTER");
        Objects.requireNonNull(server)
                .sql(
                        "INSERT INTO quota_usage (tenant_id, usage_date, created_at, updated_at)"
                                + " VALUES ('p16_tenant', (now() AT TIME ZONE 'UTC')::date - 91,"
                                + " now(), now())");
        Answer first = operator.post("/scheduler/reset-daily-quotas", Map.of()).isOk();
        Answer second = operator.post("/scheduler/reset-daily-quotas", Map.of()).isOk();
        assertThat(first.get("status")).isEqualTo("success");
        assertThat(first.number("records_archived")).isEqualTo(1);
        assertThat(second.number("records_archived")).isZero();
        assertThat(second.number("records_updated")).isPositive();
    }

    /// Processes the queue up to the next run of a tenant; runs of other tests may be before it.
    private String next(String tenant) {
        for (int i = 0; i < 100; i++) {
            Answer processed = house.processNext();
            if (processed.get("tenant_id").equals(tenant)) {
                return processed.get("run_id");
            }
        }
        throw new AssertionError("No run of " + tenant + " came up.");
    }

    private static long ofTenant(Answer triggered, String tenant) {
        return triggered
                .field("details")
                .path("runs")
                .valueStream()
                .filter(run -> run.path("tenant_id").asString().equals(tenant))
                .count();
    }
}
