package dev.convergence.service.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.service.RunningServer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Two customers from onboarding to deletion, in eight phases that build on each other. Nothing
/// runs by itself, so that every state can be seen.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SchedulingStoryTest {

    private static final Map<String, Object> SERVICE_ACCOUNT =
            Map.of(
                    "type", "service_account",
                    "project_id", "project-1",
                    "private_key_id", "key-1",
                    "private_key", "the-private-part",
                    "client_email", "loader@project-1.example");

    private final Map<String, String> configs = new HashMap<>();
    private final List<String> runs = new ArrayList<>();
    private final FarMinute minute = FarMinute.found();
    private @Nullable RunningServer server;
    private House house;
    private Caller acme;
    private Caller globex;

    @BeforeAll
    void open(@TempDir Path folder) {
        Today.goesOnForAWhile();
        server = RunningServer.start(folder, Map.of("CONVERGENCE_WORKERS", "0"));
        house = new House(server);
        acme = Caller.nobody(server);
        globex = acme;
    }

    @AfterAll
    void close() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    @Order(1)
    void setup_onboards_two_customers_with_credentials_and_three_schedules_each() {
        acme = house.onboard("acme_corp", "PROFESSIONAL");
        globex = house.onboard("globex_inc", "SCALE");

        store(acme, "acme_corp", "GCP", "SERVICE_ACCOUNT", SERVICE_ACCOUNT);
        store(
                acme,
                "acme_corp",
                "AWS",
                "ACCESS_KEY",
                Map.of("access_key_id", "AKIA1", "secret_access_key", "the-private-part"));
        store(globex, "globex_inc", "GCP", "SERVICE_ACCOUNT", SERVICE_ACCOUNT);
        store(
                globex,
                "globex_inc",
                "AZURE",
                "SERVICE_ACCOUNT",
                Map.of(
                        "tenant_id", "directory-1",
                        "client_id", "client-1",
                        "client_secret", "the-private-part"));

        configure(acme, "acme_corp", "GCP/COST/cost_billing", minute.cron("2 * * *"));
        configure(acme, "acme_corp", "GCP/SECURITY/security_audit", minute.cron("0 * * 1"));
        configure(acme, "acme_corp", "AWS/COST/cost_analysis", minute.cron("3 * * *"));
        configure(globex, "globex_inc", "GCP/COST/cost_billing", minute.cron("2 * * *"));
        configure(
                globex, "globex_inc", "AZURE/COMPLIANCE/compliance_check", minute.cron("0 1 * *"));
        configure(globex, "globex_inc", "OPENAI/OBSERVABILITY/usage_tracking", minute.hourly());
        assertThat(configs).hasSize(6);
    }

    @Test
    @Order(2)
    void the_trigger_makes_one_run_of_every_due_config_and_of_each_only_one() {
        configs.forEach((name, id) -> house.makeDue(ownerOf(name), id));

        Answer triggered = house.trigger();
        assertThat(triggered.number("triggered_count")).isEqualTo(6);
        assertThat(triggered.number("queued_count")).isEqualTo(6);
        assertThat(triggered.number("skipped_count")).isZero();
        assertThat(house.trigger().number("triggered_count")).isZero();

        List<JsonNode> seen = House.scheduled(house.operator(), "");
        assertThat(seen)
                .hasSize(6)
                .allSatisfy(run -> {
                    assertThat(run.path("state").asString()).isIn("SCHEDULED", "PENDING");
                    assertThat(run.path("user_id").isNull()).isTrue();
                    assertThat(run.path("retry_attempt").asInt()).isZero();
                });
        assertThat(House.scheduled(acme, "")).hasSize(3);
        assertThat(House.scheduled(globex, "&state=SCHEDULED")).hasSize(3);
    }

    @Test
    @Order(3)
    void the_queue_gives_out_one_run_at_a_time_and_gets_shorter() {
        assertThat(queued()).isEqualTo(6);
        for (int i = 0; i < 5; i++) {
            Answer processed = house.processNext();
            assertThat(processed.get("status")).isEqualTo("PROCESSING");
            assertThat(processed.field("processed").asBoolean()).isTrue();
            assertThat(processed.get("customer_id")).isEqualTo(processed.get("tenant_id"));
            runs.add(processed.get("run_id"));
        }
        assertThat(runs).doesNotHaveDuplicates();
        assertThat(runs)
                .allSatisfy(run ->
                        assertThat(
                                        house.operator()
                                                .get("/scheduler/scheduled/" + run)
                                                .isOk()
                                                .get("state"))
                                .isIn("PENDING", "RUNNING", "COMPLETED"));
        assertThat(queued()).isEqualTo(1);
    }

    @Test
    @Order(4)
    void each_customer_sees_how_its_own_three_pipelines_stand() {
        for (String tenant : List.of("acme_corp", "globex_inc")) {
            Answer status =
                    house.operator().get("/customers/" + tenant + "/pipelines/status").isOk();
            assertThat(status.number("total_configured")).isEqualTo(3);
            assertThat(status.number("scheduled_today")).isEqualTo(3);
            assertThat(
                            status.number("running")
                                    + status.number("completed")
                                    + status.number("yet_to_run"))
                    .isEqualTo(3);
        }
        assertThat(House.scheduled(house.operator(), "&state=SCHEDULED")).hasSize(1);
        assertThat(House.scheduled(house.operator(), "&state=RUNNING")).hasSizeLessThan(6);
    }

    @Test
    @Order(5)
    void all_runs_complete_and_their_configs_move_on_to_the_next_slot_of_their_cron() {
        runs.add(house.processNext().get("run_id"));
        assertThat(house.ended(house.operator(), runs.getFirst()).path("rows_written").asLong())
                .isPositive();
        house.drain();
        assertThat(House.scheduled(house.operator(), "&state=COMPLETED")).hasSize(6);

        for (Map.Entry<String, String> config : configs.entrySet()) {
            Answer seen =
                    ownerOf(config.getKey())
                            .get("/scheduler/pipeline-configs/" + config.getValue())
                            .isOk();
            assertThat(seen.get("last_run_time")).isNotBlank();
            assertThat(seen.get("last_run_status")).isEqualTo("SUCCESS");
            assertSlotOf(seen.get("schedule_cron"), Instant.parse(seen.get("next_run_time")));
        }
        assertThat(house.processNext().get("status")).isEqualTo("IDLE");
    }

    @Test
    @Order(6)
    void a_daily_limit_of_one_lets_one_run_through_and_skips_the_others_aloud() {
        house.operator().post("/scheduler/reset-daily-quotas", Map.of()).isOk();
        Answer quota =
                house.operator()
                        .put("/customers/acme_corp/subscription/quota", Map.of("daily_limit", 1))
                        .isOk();
        assertThat(quota.number("daily_limit")).isEqualTo(1);
        configs.forEach((name, id) -> house.makeDue(ownerOf(name), id));

        Answer triggered = house.trigger();
        assertThat(triggered.number("triggered_count")).isEqualTo(4);
        assertThat(triggered.number("skipped_count")).isEqualTo(2);
        assertThat(House.scheduled(acme, "&state=SCHEDULED")).hasSize(1);
        assertThat(House.scheduled(acme, "&state=SKIPPED"))
                .hasSize(2)
                .allSatisfy(run ->
                        assertThat(run.path("error_message").asString())
                                .containsIgnoringCase("quota exceeded"));
        house.drain();
        assertThat(acme.get("/customers/acme_corp/usage").number("pipelines_run_today"))
                .isEqualTo(1);
    }

    @Test
    @Order(7)
    void a_failed_run_stays_failed_and_is_tried_again_three_times() {
        Answer config =
                globex.post(
                                "/customers/pipelines/configure",
                                Map.of(
                                        "provider", "SYSTEM",
                                        "domain", "DIAGNOSTICS",
                                        "template_name", "probe",
                                        "schedule", minute.cron("5 * * *"),
                                        "default_parameters",
                                                Map.of("outcome", "FAILED", "error", "as told")))
                        .isOk();
        house.makeDue(globex, config.get("config_id"));
        String first =
                house.trigger().field("details").path("runs").path(0).path("run_id").asString();
        house.processNext();

        JsonNode failed = house.ended(globex, first);
        assertThat(failed.path("state").asString()).isEqualTo("FAILED");
        assertThat(failed.path("error_message").asString()).contains("as told");
        List<JsonNode> retries =
                globex.get("/scheduler/scheduled/" + first + "/retries").isOk().list("runs");
        assertThat(retries)
                .singleElement()
                .satisfies(retry -> {
                    assertThat(retry.path("retry_attempt").asInt()).isEqualTo(1);
                    assertThat(retry.path("retry_of").asString()).isEqualTo(first);
                    assertThat(retry.path("priority").asInt()).isEqualTo(4);
                });

        house.drain();
        assertThat(House.scheduled(globex, "&state=FAILED"))
                .extracting(run -> run.path("retry_attempt").asInt())
                .containsExactlyInAnyOrder(0, 1, 2, 3);
        assertThat(House.state(globex, first)).isEqualTo("FAILED");
    }

    @Test
    @Order(8)
    void cleanup_leaves_nothing_of_the_customers_and_their_keys_open_no_door() {
        for (String tenant : List.of("acme_corp", "globex_inc")) {
            Answer deleted = house.operator().delete("/customers/" + tenant).isOk();
            assertThat(deleted.field("deleted").asBoolean()).isTrue();
        }
        assertThat(house.operator().get("/customers").isOk().text())
                .doesNotContain("acme_corp")
                .doesNotContain("globex_inc");
        assertThat(House.scheduled(house.operator(), "")).isEmpty();
        acme.get("/customers/acme_corp").isRefused(401, "INVALID_API_KEY");
        globex.get("/pipelines/runs").isRefused(401, "INVALID_API_KEY");
        house.operator().delete("/customers/acme_corp").isRefused(404, "RESOURCE_NOT_FOUND");
        assertThat(queued()).isZero();
    }

    private void store(
            Caller tenant, String id, String provider, String type, Map<String, Object> secret) {
        Answer stored =
                tenant.post(
                                "/customers/credentials",
                                Map.of(
                                        "provider", provider,
                                        "credential_type", type,
                                        "credentials", secret,
                                        "region", "us-east-1"))
                        .isOk();
        assertThat(stored.get("action")).isEqualTo("CREATED");
        assertThat(stored.get("tenant_id")).isEqualTo(id);
        assertThat(stored.text()).doesNotContain("the-private-part");
    }

    private void configure(Caller tenant, String id, String path, String cron) {
        String[] parts = path.split("/", -1);
        Answer config =
                tenant.post(
                                "/customers/pipelines/configure",
                                Map.of(
                                        "provider",
                                        parts[0],
                                        "domain",
                                        parts[1],
                                        "template_name",
                                        parts[2],
                                        "schedule",
                                        cron,
                                        "description",
                                        "Loads " + path,
                                        "default_parameters",
                                        Map.of("source", "sample", "sample_rows_per_day", 5)))
                        .isOk();
        assertThat(config.get("customer_id")).isEqualTo(id);
        assertThat(config.get("provider")).isEqualTo(parts[0]);
        assertThat(config.get("domain")).isEqualTo(parts[1]);
        assertThat(config.get("template_name")).isEqualTo(parts[2]);
        assertThat(config.get("schedule")).isEqualTo(cron);
        assertThat(config.field("is_active").asBoolean()).isTrue();
        assertThat(config.field("template_exists").asBoolean()).isTrue();
        assertThat(Instant.parse(config.get("next_run_time"))).isAfter(House.aMomentAgo());
        configs.put(id + " " + path, config.get("config_id"));
    }

    private Caller ownerOf(String name) {
        return name.startsWith("acme_corp") ? acme : globex;
    }

    private long queued() {
        return house.operator().get("/scheduler/queue/status").isOk().number("queued");
    }

    /// The crons of the story are plain: a minute, and some of hour, day and weekday.
    private static void assertSlotOf(String cron, Instant slot) {
        assertThat(slot).isAfter(InstantSource.system().instant());
        String[] fields = cron.split(" ", -1);
        var time = slot.atZone(ZoneOffset.UTC);
        assertThat(fields[0]).isEqualTo(Integer.toString(time.getMinute()));
        assertThat(fields[1]).isIn("*", Integer.toString(time.getHour()));
        assertThat(fields[2]).isIn("*", Integer.toString(time.getDayOfMonth()));
        assertThat(fields[4]).isIn("*", Integer.toString(time.getDayOfWeek().getValue()));
    }
}
