package dev.convergence.service.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Policies, slots and explanations as a tenant meets them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchedulesTest {

    private static final String CONFIGS = "/scheduler/pipeline-configs";
    private static final String DRY = CONFIGS + "/dryrun";

    private @Nullable QuietServer server;
    private House house;
    private Caller owner;
    private Caller other;

    @BeforeAll
    void open(@TempDir Path folder) {
        server = new QuietServer(folder);
        house = server.house;
        owner = house.onboard("owner_ltd", "SCALE");
        other = house.onboard("other_ltd", "SCALE");
    }

    @AfterAll
    void close() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void a_dry_run_says_what_would_be_made_and_refuses_what_could_not_run() {
        Caller tenant = house.onboard("dry_ltd", "SCALE");
        Answer plan = tenant.post(DRY, QuietServer.config("0 2 * * *", Map.of())).isOk();
        assertThat(plan.list("next_run_times")).hasSize(5);
        assertThat(plan.list("plan").getFirst().path("step_id").asString()).isEqualTo("probe");
        tenant.post(
                        "/scheduler/tenant/dry_ltd/pipelines/dryrun",
                        QuietServer.config("@daily", Map.of()))
                .isOk();

        tenant.post(DRY, QuietServer.config("61 2 * * *", Map.of())).isRefused(400, "INVALID_CRON");
        tenant.post(DRY, QuietServer.config("@daily", Map.of("template_name", "nowhere")))
                .isRefused(404, "PIPELINE_NOT_FOUND");
        tenant.post(DRY, QuietServer.config("@daily", Map.of("parameters", Map.of("nothing", 1))))
                .isRefused(422, "INVALID_FIELD");
        other.post(
                        "/scheduler/tenant/dry_ltd/pipelines/dryrun",
                        QuietServer.config("@daily", Map.of()))
                .isRefused(403, "FORBIDDEN");
        assertThat(tenant.get(CONFIGS).list("pipelines")).isEmpty();
        assertThat(tenant.get("/tenants/dry_ltd/audit").text()).doesNotContain("dryrun");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CONFIGS,
                "/scheduler/tenant/owner_ltd/pipelines",
                "/scheduler/customer/owner_ltd/pipelines",
                "/tenants/pipelines/configure",
                "/customers/pipelines/configure"
            })
    void policies_are_set_under_all_spellings_and_shown_with_their_defaults(String path) {
        Answer made =
                owner.post(
                                path,
                                body(
                                        "30 2 * * *",
                                        Map.of("overlap", "queue_one", "window", "PT30M")))
                        .isOk();

        JsonNode policy = made.field("schedule_policy");
        assertThat(policy.path("overlap").asString()).isEqualTo("QUEUE_ONE");
        assertThat(policy.path("window").asString()).isEqualTo("PT30M");
        assertThat(policy.path("dst_gap").asString()).isEqualTo("SHIFT_FORWARD");
        assertThat(policy.path("dst_overlap").asString()).isEqualTo("FIRST");
        assertThat(policy.path("missed_runs").asString()).isEqualTo("LAST");
        assertThat(policy.path("end_at").isNull()).isTrue();
        assertThat(made.list("next_run_times")).hasSize(5);
        Instant next = Instant.parse(made.get("next_run_time"));
        assertThat(Duration.between(Instant.parse(made.get("next_due_at")), next))
                .hasSeconds(policy.path("spread_seconds").asLong());
        assertThat(made.field("next_run_times").get(0).asString()).isEqualTo(next.toString());
    }

    @Test
    void a_change_keeps_what_it_does_not_name_and_null_goes_back_to_the_default() {
        String config =
                config(
                        "0 2 * * *",
                        Map.of("missed_runs", "ALL", "missed_runs_max", 3, "max_runs", 9));
        Map<String, @Nullable Object> change = new HashMap<>();
        change.put("missed_runs_max", null);
        change.put("start_deadline", "PT2H");

        Answer changed =
                owner.patch(CONFIGS + "/" + config, Map.of("schedule_policy", change)).isOk();

        JsonNode policy = changed.field("schedule_policy");
        assertThat(policy.path("missed_runs").asString()).isEqualTo("ALL");
        assertThat(policy.path("missed_runs_max").asInt()).isEqualTo(10);
        assertThat(policy.path("start_deadline").asString()).isEqualTo("PT2H");
        assertThat(policy.path("max_runs").asInt()).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dst_gap | sometimes",
                "dst_overlap | THIRD",
                "missed_runs | FEW",
                "overlap | ''",
                "missed_runs_max | 5",
                "window | PT0S",
                "window | P2D",
                "window | tomorrow",
                "start_deadline | -PT1H",
                "end_at | 2001-01-01T00:00:00Z",
                "end_at | never",
                "max_runs | none",
                "pause_after_failures | -1",
                "colour | blue"
            })
    void a_setting_that_is_wrong_or_without_effect_is_refused_by_its_name(
            String name, String value) {
        Answer refused =
                owner.post(CONFIGS, body("0 2 * * *", Map.of(name, value)))
                        .isRefused(422, "INVALID_FIELD");

        assertThat(refused.field("errors").get(0).path("field").asString())
                .isEqualTo("schedule_policy." + name);
    }

    @Test
    void the_ledger_shows_what_became_of_each_instant_to_its_tenant_only() throws SQLException {
        FarMinute minute = FarMinute.found();
        String config = config(minute.hourly(), Map.of("missed_runs", "ALL", "missed_runs_max", 2));
        Instant hour = minute.last();
        unattendedSince(hour.minus(Duration.ofHours(3)), config);
        Answer triggered = house.trigger();

        List<JsonNode> slots = slots(owner, "?config_id=" + config);
        assertThat(slots)
                .extracting(slot -> slot.path("outcome").asString())
                .startsWith("FIRED", "FIRED", "SKIPPED_MISSED", "SKIPPED_MISSED");
        assertThat(slots.getFirst().path("run_id").asString()).isNotBlank();
        assertThat(slots.getLast().path("due_at").asString())
                .isEqualTo(hour.minus(Duration.ofHours(3)).toString());
        assertThat(slots.getLast().path("reason").asString()).contains("missed_runs ALL");
        assertThat(triggered.field("details").path("recorded_count").asLong())
                .isGreaterThanOrEqualTo(2);
        assertThat(slots(owner, "?outcome=skipped_missed&config_id=" + config)).hasSize(2);
        assertThat(slots(owner, "?config_id=" + config + "&to=" + hour.minus(Duration.ofHours(2))))
                .hasSize(1);

        Answer page = owner.get("/customers/owner_ltd/slots?limit=3&config_id=" + config).isOk();
        Answer rest =
                owner.get(
                                "/customers/owner_ltd/slots?limit=200&config_id="
                                        + config
                                        + "&cursor="
                                        + page.get("next_cursor"))
                        .isOk();
        assertThat(page.list("slots").size() + rest.list("slots").size()).isEqualTo(slots.size());
        other.get("/tenants/owner_ltd/slots").isRefused(403, "FORBIDDEN");
        assertThat(other.get("/tenants/other_ltd/slots?config_id=" + config).isOk().list("slots"))
                .isEmpty();
        owner.get("/tenants/owner_ltd/slots?outcome=LOST").isRefused(422, "INVALID_FIELD");
        owner.get("/tenants/owner_ltd/slots?from=yesterday").isRefused(422, "INVALID_FIELD");
    }

    @Test
    void a_config_that_is_resumed_does_not_fire_at_once_unless_asked() throws SQLException {
        FarMinute minute = FarMinute.found();
        String quiet = config(minute.hourly(), Map.of());
        String asked = config(minute.hourly(), Map.of());
        for (String config : List.of(quiet, asked)) {
            unattendedSince(minute.last().minus(Duration.ofHours(5)), config);
            owner.patch(CONFIGS + "/" + config, Map.of("is_active", false)).isOk();
        }

        Answer resumed = owner.post(CONFIGS + "/" + quiet + "/resume", Map.of()).isOk();
        owner.post(CONFIGS + "/" + asked + "/resume?run_missed=true", Map.of()).isOk();
        house.trigger();

        assertThat(resumed.get("state")).isEqualTo("ACTIVE");
        assertThat(slots(owner, "?outcome=FIRED&config_id=" + quiet)).isEmpty();
        assertThat(slots(owner, "?outcome=SKIPPED_MISSED&config_id=" + quiet))
                .hasSizeGreaterThan(3);
        assertThat(slots(owner, "?outcome=FIRED&config_id=" + asked)).hasSize(1);
        owner.post(CONFIGS + "/" + quiet + "/resume?run_missed=true", Map.of())
                .isRefused(422, "INVALID_FIELD");
    }

    @Test
    void a_config_that_has_ended_says_so() {
        String config = config("0 2 * * *", Map.of("max_runs", 1));
        house.makeDue(owner, config);
        house.trigger();

        Answer ended = owner.get(CONFIGS + "/" + config).isOk();

        assertThat(ended.get("state")).isEqualTo("ENDED");
        assertThat(ended.get("state_reason")).contains("1 runs");
        assertThat(ended.field("is_active").asBoolean()).isFalse();
        assertThat(ended.field("next_run_time").isNull()).isTrue();
        assertThat(ended.list("next_run_times")).isEmpty();
        owner.post(CONFIGS + "/" + config + "/resume", Map.of()).isRefused(422, "INVALID_FIELD");
    }

    @Test
    void a_next_run_time_of_long_ago_fires_for_that_instant_alone() {
        String config = config("* * * * *", Map.of());

        owner.patch(CONFIGS + "/" + config, Map.of("next_run_time", "2024-05-01T10:00:00Z")).isOk();
        house.trigger();

        assertThat(slots(owner, "?config_id=" + config))
                .singleElement()
                .satisfies(slot -> {
                    assertThat(slot.path("due_at").asString()).isEqualTo("2024-05-01T10:00:00Z");
                    assertThat(slot.path("outcome").asString()).isEqualTo("FIRED");
                });
    }

    /// As after an outage: nobody has looked at the config since an instant that was due.
    private void unattendedSince(Instant due, String config) throws SQLException {
        Objects.requireNonNull(server)
                .sql(
                        "UPDATE schedule SET next_fire = '%1$s', nominal_at = NULL, anchored_at = '%1$s' WHERE config_id = '%2$s'"
                                .formatted(due, config));
    }

    @Test
    void a_cron_is_explained_with_the_days_on_which_the_clocks_change() {
        Answer explained =
                owner.get(
                                "/scheduler/explain?cron=30+2+*+*+*&timezone=America/New_York&count=3"
                                        + "&from=2027-03-13")
                        .isOk();

        assertThat(explained.list("next"))
                .extracting(due -> due.path("at").asString())
                .containsExactly(
                        "2027-03-13T07:30:00Z", "2027-03-14T07:00:00Z", "2027-03-15T06:30:00Z");
        JsonNode shifted = explained.field("next").get(1);
        assertThat(shifted.path("dst").asString()).isEqualTo("GAP");
        assertThat(shifted.path("local_time").asString()).isEqualTo("2027-03-14 03:00 -04:00");
        assertThat(shifted.path("note").asString()).contains("does not exist");
        assertThat(explained.list("changes")).hasSize(1);
        assertThat(explained.field("next").get(0).path("dst").isNull()).isTrue();
        owner.get("/scheduler/explain?cron=0+0+30+2+*").isRefused(400, "INVALID_CRON");
        owner.get("/scheduler/explain?cron=@daily&timezone=Mars/One")
                .isRefused(400, "INVALID_TIMEZONE");
        owner.get("/scheduler/explain").isRefused(422, "INVALID_FIELD");
        owner.get("/scheduler/explain?cron=@daily&count=0").isRefused(422, "INVALID_FIELD");
        assertThat(house.operator().get("/scheduler/explain?cron=@hourly").isOk().list("next"))
                .hasSize(5);
    }

    private String config(String cron, Map<String, ?> policy) {
        return owner.post(CONFIGS, body(cron, policy)).isOk().get("config_id");
    }

    private static Map<String, Object> body(String cron, Map<String, ?> policy) {
        return Map.of(
                "provider", "system",
                "domain", "diagnostics",
                "pipeline_template", "probe",
                "schedule_cron", cron,
                "schedule_policy", policy);
    }

    private static List<JsonNode> slots(Caller tenant, String query) {
        return tenant.get("/tenants/owner_ltd/slots" + query).isOk().list("slots");
    }
}
