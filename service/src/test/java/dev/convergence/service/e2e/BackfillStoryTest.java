package dev.convergence.service.e2e;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.service.RunningServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Backfills, limits for a time and the question why, as a user meets them. Each test has a tenant
/// of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackfillStoryTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final LocalDate YESTERDAY =
            LocalDate.ofInstant(InstantSource.system().instant(), ZoneOffset.UTC).minusDays(1);

    private @Nullable RunningServer server;
    private House house;

    @BeforeAll
    void open(@TempDir Path folder) {
        server = RunningServer.start(folder, Map.of("CONVERGENCE_WORKERS", "4"));
        house = new House(server);
    }

    @AfterAll
    void close() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void a_dry_run_lists_the_instants_and_then_ten_days_run_each_with_its_date() {
        Caller tenant = house.onboard("fill_ten", "SCALE");
        String config = config(tenant, "0 2 * * *");
        Map<String, Object> wish = wish(config, 10, "missing", Map.of("max_concurrent", 3));

        Answer plan = tenant.post("/tenants/fill_ten/backfills?dry_run=true", wish).isOk();
        assertThat(plan.field("plan").path("runs").asInt()).isEqualTo(10);
        assertThat(plan.field("plan").path("instants")).hasSize(10);
        assertThat(plan.field("plan").path("quota").path("daily_limit").asInt()).isEqualTo(100);
        assertThat(tenant.get("/tenants/fill_ten/backfills").isOk().list("backfills")).isEmpty();

        Answer made = tenant.post("/customers/fill_ten/backfills", wish);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        JsonNode done = finished(tenant, "fill_ten", made.get("backfill_id"));
        assertThat(done.path("state").asString()).isEqualTo("COMPLETED");
        assertThat(done.path("progress").path("completed").asInt()).isEqualTo(10);
        List<JsonNode> runs = House.scheduled(tenant, "");
        assertThat(runs)
                .hasSize(10)
                .allSatisfy(run -> {
                    assertThat(run.path("trigger_type").asString()).isEqualTo("backfill");
                    assertThat(run.path("priority").asInt()).isZero();
                    assertThat(run.path("scheduled_time").asString())
                            .startsWith(run.path("run_date").asString());
                });
        assertThat(
                        tenant.get(
                                        "/tenants/fill_ten/backfills/"
                                                + made.get("backfill_id")
                                                + "/instants?limit=4")
                                .isOk()
                                .list("instants"))
                .hasSize(4);
        assertThat(
                        tenant.post("/tenants/fill_ten/backfills", wish)
                                .field("progress")
                                .path("total")
                                .asInt())
                .isZero();
    }

    @Test
    void it_stops_at_the_quota_with_a_reason_and_an_override_lets_it_go_on() {
        Today.goesOnForAWhile();
        Caller tenant = house.onboard("fill_quota", "STARTER");
        String config = config(tenant, "0 0 1 1 *");
        Answer made =
                tenant.post(
                        "/tenants/fill_quota/backfills",
                        Map.of(
                                "config_id", config(tenant, "0 2 * * *"),
                                "start_date", YESTERDAY.minusDays(8).toString(),
                                "end_date", YESTERDAY.toString()));
        String path = "/tenants/fill_quota/backfills/" + made.get("backfill_id");
        eventually(
                "it waits for the quota",
                SOON,
                () -> tenant.get(path).text().contains("\"code\":\"QUOTA\""));
        eventually(
                "what had begun is done",
                SOON,
                () -> tenant.get(path).field("progress").path("running").asInt(-1) == 0);
        int completed = tenant.get(path).field("progress").path("completed").asInt();
        assertThat(completed).isBetween(5, 6);
        assertThat(today(tenant, "used")).isEqualTo(completed);
        assertThat(config).isNotBlank();

        Answer override =
                house.operator()
                        .with("X-User-ID", "olga")
                        .put(
                                "/customers/fill_quota/limits/overrides",
                                Map.of(
                                        "daily_limit",
                                        50,
                                        "expires_at",
                                        InstantSource.system()
                                                .instant()
                                                .plusSeconds(3600)
                                                .toString(),
                                        "reason",
                                        "A backfill."))
                        .isOk();
        assertThat(override.get("created_by")).isEqualTo("olga");
        assertThat(today(tenant, "booked")).isEqualTo(6);
        assertThat(finished(tenant, "fill_quota", made.get("backfill_id")).path("state").asString())
                .isEqualTo("COMPLETED");
        house.operator().delete("/tenants/fill_quota/limits/overrides").isOk();
        assertThat(tenant.get("/tenants/fill_quota/limits").isOk().field("override").isNull())
                .isTrue();
        assertThat(tenant.get("/tenants/fill_quota/limits/overrides").isOk().list("overrides"))
                .singleElement()
                .satisfies(
                        one -> assertThat(one.path("ended_by").asString()).isEqualTo("operator"));
    }

    @Test
    void it_is_paused_resumed_and_cancelled_and_strangers_find_nothing() {
        Caller tenant = house.onboard("fill_stop", "SCALE");
        Caller stranger = house.onboard("fill_stranger", "SCALE");
        String config = config(tenant, "0 2 * * *", Map.of("duration_ms", 100));
        Answer made =
                tenant.post("/tenants/fill_stop/backfills", wish(config, 30, "all", Map.of()));
        String path = "/tenants/fill_stop/backfills/" + made.get("backfill_id");

        assertThat(tenant.post(path + "/pause", Map.of()).isOk().get("state")).isEqualTo("PAUSED");
        assertThat(tenant.post(path + "/resume", Map.of()).isOk().get("state"))
                .isEqualTo("RUNNING");
        assertThat(stranger.get(path).status()).isEqualTo(403);
        assertThat(stranger.get(path.replace("fill_stop", "fill_stranger")).status())
                .isEqualTo(404);
        assertThat(
                        stranger.post(
                                        "/tenants/fill_stranger/backfills",
                                        wish(config, 3, "all", Map.of()))
                                .status())
                .isEqualTo(404);
        assertThat(tenant.post(path + "/cancel", Map.of()).isOk().get("state"))
                .isEqualTo("CANCELLED");
        eventually(
                "nothing of it is live",
                SOON,
                () -> tenant.get(path).field("progress").path("running").asInt() == 0);
        JsonNode progress = tenant.get(path).field("progress");
        assertThat(progress.path("completed").asInt() + progress.path("cancelled").asInt())
                .isEqualTo(30);
        tenant.post(path + "/pause", Map.of()).isRefused(409, "CONFLICT");
    }

    @Test
    void faulty_wishes_are_refused_with_their_field() {
        Caller tenant = house.onboard("fill_wrong", "SCALE");
        String config = config(tenant, "0 2 * * *");
        String path = "/tenants/fill_wrong/backfills";
        assertThat(tenant.post(path, Map.of()).status()).isEqualTo(422);
        for (Map.Entry<String, Object> fault :
                Map.<String, Object>of(
                                "mode", "some",
                                "order", "random",
                                "max_concurrent", 0,
                                "days_back", -1,
                                "start_date", "2020-02-30",
                                "colour", "red",
                                "end_date", YESTERDAY.plusDays(9).toString())
                        .entrySet()) {
            Map<String, Object> wish =
                    wish(config, 3, "all", Map.of(fault.getKey(), fault.getValue()));
            Answer refused = tenant.post(path, wish);
            assertThat(refused.status()).as(fault + " " + refused.text()).isBetween(400, 422);
            assertThat(refused.text()).contains(fault.getKey());
        }
        Map<String, Object> long731 =
                wish(config, 3, "all", Map.of("start_date", YESTERDAY.minusDays(730).toString()));
        tenant.post(path, long731).isRefused(422, "INVALID_FIELD");
        assertThat(tenant.get(path + "?limit=201").status()).isEqualTo(422);
    }

    @Test
    void why_tells_a_waiting_job_a_running_one_and_one_that_has_ended_apart() {
        Caller tenant = house.onboard("why_tenant", "SCALE");
        Caller stranger = house.onboard("why_stranger", "SCALE");
        Map<String, Object> slow = Map.of("duration_ms", 60_000, "pool", "ollama-local");
        String holds = start(tenant, slow);
        eventually("it runs", SOON, () -> House.state(tenant, holds).equals("RUNNING"));
        Map<String, Object> same = new HashMap<>(slow);
        same.put("echo", 2);
        String waits = start(tenant, same);
        eventually(
                "it waits for the pool",
                SOON,
                () -> why(tenant, waits).text().contains("POOL_TAKEN"));

        Answer why = why(tenant, waits).isOk();
        assertThat(why.field("is_waiting").asBoolean()).isTrue();
        assertThat(why.get("summary")).contains("ollama-local");
        assertThat(why(tenant, holds).list("reasons").getFirst().path("code").asString())
                .isEqualTo("RUNNING");
        assertThat(tenant.get("/jobs/" + waits + "/why").isOk().get("job_id")).isEqualTo(waits);
        assertThat(stranger.get("/jobs/" + waits + "/why").status()).isEqualTo(404);
        tenant.delete("/pipelines/runs/" + waits).isOk();
        tenant.delete("/pipelines/runs/" + holds).isOk();
        assertThat(why(tenant, waits).text()).contains("CANCELLED");
    }

    private static int today(Caller tenant, String count) {
        return tenant.get("/tenants/fill_quota/limits").isOk().field("daily").path(count).asInt();
    }

    private static Answer why(Caller tenant, String run) {
        return tenant.get("/pipelines/runs/" + run + "/why");
    }

    private static String start(Caller tenant, Map<String, Object> parameters) {
        return tenant.post(
                        "/pipelines/run/why_tenant/system/diagnostics/probe",
                        Map.of("parameters", parameters))
                .isOk()
                .get("run_id");
    }

    private static JsonNode finished(Caller tenant, String id, String backfill) {
        String path = "/tenants/" + id + "/backfills/" + backfill;
        eventually("it ends", SOON, () -> tenant.get(path).get("state").equals("COMPLETED"));
        return tenant.get(path).json();
    }

    private static Map<String, Object> wish(
            String config, int days, String mode, Map<String, Object> changes) {
        Map<String, Object> wish = new HashMap<>();
        wish.put("config_id", config);
        wish.put("start_date", YESTERDAY.minusDays(days - 1L).toString());
        wish.put("end_date", YESTERDAY.toString());
        wish.put("mode", mode);
        wish.putAll(changes);
        return wish;
    }

    private static String config(Caller tenant, String cron) {
        return config(tenant, cron, Map.of());
    }

    private static String config(Caller tenant, String cron, Map<String, Object> parameters) {
        return tenant.post(
                        "/scheduler/pipeline-configs",
                        Map.of(
                                "provider", "SYSTEM",
                                "domain", "DIAGNOSTICS",
                                "pipeline_template", "probe",
                                "schedule_cron", cron,
                                "parameters", parameters))
                .isOk()
                .get("config_id");
    }
}
