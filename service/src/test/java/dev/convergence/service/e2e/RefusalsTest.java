package dev.convergence.service.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.service.RunningServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
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

/// What must not work, tried by somebody who has a key of their own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalsTest {

    private static final int ELEVEN_MIB = 11 * 1024 * 1024;

    private @Nullable RunningServer server;
    private Path leftover;
    private House house;
    private Caller visitor;
    private Caller mallory;
    private Caller victim;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        leftover =
                Files.createDirectories(folder.resolve("work/run-token")).resolve("staging.duckdb");
        Files.writeString(leftover, "gigabytes");
        server = RunningServer.start(folder, Map.of("CONVERGENCE_WORKERS", "1"));
        house = new House(server);
        visitor = Caller.nobody(server);
        mallory = house.onboard("mallory_ltd", "SCALE");
        victim = house.onboard("victim_ltd", "SCALE");
        Files.createDirectories(server.landing().resolve("mallory_ltd"));
        Path zone = Files.createDirectories(server.landing().resolve("victim_ltd"));
        Files.writeString(zone.resolve("bill.csv"), "BilledCost\n1\n");
    }

    @AfterAll
    void close() {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8080/hook",
                "http://localhost:8080/hook",
                "https://10.1.2.3/hook",
                "http://[::ffff:192.168.0.1]/hook",
                "http://169.254.169.254/latest/meta-data"
            })
    void nobody_has_webhooks_sent_into_our_own_network(String url) {
        Answer refused = mallory.post("/webhooks/endpoints", Map.of("url", url));

        refused.isRefused(422, "INVALID_FIELD");
        assertThat(refused.list("errors"))
                .extracting(error -> error.path("field").asString())
                .containsExactly("url");
        assertThat(mallory.get("/webhooks/endpoints").isOk().list("endpoints")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/tenants/victim_ltd",
                "/customers/victim_ltd/usage",
                "/tenants/victim_ltd/api-keys",
                "/tenants/victim_ltd/credentials",
                "/tenants/victim_ltd/data/tables",
                "/scheduler/customer/victim_ltd/pipelines",
                "/scheduler/scheduled?tenant_id=victim_ltd"
            })
    void a_key_opens_nothing_of_another_tenant(String path) {
        mallory.get(path).isRefused(403, "FORBIDDEN");
        visitor.get(path).isRefused(401, "UNAUTHORIZED");
        victim.get(path).isOk();
    }

    @Test
    void a_key_neither_runs_nor_finds_nor_queries_what_is_another_tenants() {
        String probe = "victim_ltd/system/diagnostics/probe";
        mallory.post("/pipelines/run/" + probe, Map.of()).isRefused(403, "FORBIDDEN");
        mallory.post("/tenants/victim_ltd/data/query", Map.of("sql", "SELECT 1"))
                .isRefused(403, "FORBIDDEN");
        String run = house.run(victim, probe, Map.of()).path("pipeline_logging_id").asString();
        for (String part : new String[] {"", "/steps", "/transitions", "/dq-results", "/log"}) {
            mallory.get("/pipelines/runs/" + run + part).isRefused(404, "RESOURCE_NOT_FOUND");
        }
        mallory.delete("/pipelines/runs/" + run).isRefused(404, "RESOURCE_NOT_FOUND");
        String config = schedule(victim, "0 2 * * *").isOk().get("config_id");
        mallory.get("/scheduler/pipeline-configs/" + config).isRefused(404, "RESOURCE_NOT_FOUND");
        mallory.delete("/scheduler/pipeline-configs/" + config)
                .isRefused(404, "RESOURCE_NOT_FOUND");
    }

    @Test
    void a_tenant_does_not_operate_the_scheduler() {
        for (String path :
                new String[] {
                    "/scheduler/trigger",
                    "/scheduler/process-queue",
                    "/scheduler/reset-daily-quotas",
                    "/scheduler/cleanup-orphaned-pipelines"
                }) {
            assertThat(mallory.post(path, Map.of()).status()).as(path).isIn(401, 403);
            visitor.post(path, Map.of()).isRefused(401, "UNAUTHORIZED");
            visitor.with("X-Admin-Key", "wrong").post(path, Map.of()).isRefused(403, "FORBIDDEN");
        }
    }

    @Test
    void a_revoked_key_opens_no_door() {
        Answer issued =
                victim.post("/tenants/victim_ltd/api-keys", Map.of("key_name", "second")).isOk();
        Caller second = visitor.with("X-API-Key", issued.get("api_key"));
        second.get("/tenants/victim_ltd").isOk();
        victim.delete("/tenants/victim_ltd/api-keys/" + issued.get("api_key_id")).isOk();
        second.get("/tenants/victim_ltd").isRefused(401, "INVALID_API_KEY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../victim_ltd/bill.csv",
                "gcp/../../victim_ltd/*.csv",
                "/etc/passwd",
                "**/../../victim_ltd/bill.csv",
                "not_there.csv"
            })
    void a_file_outside_the_landing_zone_fails_the_run_and_reads_nothing(String file) {
        JsonNode run =
                house.run(
                        mallory,
                        "mallory_ltd/focus/cost/import",
                        Map.of("source", "landing", "file", file));
        assertThat(run.path("state").asString()).isEqualTo("FAILED");
        assertThat(run.path("error_message").asString())
                .contains("file")
                .doesNotContain(String.valueOf(server == null ? "" : server.landing()));
        assertThat(run.path("rows_written").asLong(0)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM read_csv('/etc/passwd')",
                "SELECT * FROM '/etc/passwd'",
                "SELECT * FROM read_text('/etc/passwd')",
                "COPY (SELECT 1) TO '/tmp/stolen.csv'",
                "ATTACH '../victim_ltd.duckdb' AS v",
                "SELECT getenv('HOME')",
                "SET enable_external_access = true",
                "PRAGMA database_list",
                "SELECT 1; SELECT 2",
                "DROP TABLE x_meta_step_logs"
            })
    void a_query_that_is_not_one_select_on_the_own_data_set_is_refused(String sql) {
        Answer refused = mallory.post("/tenants/mallory_ltd/data/query", Map.of("sql", sql));
        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.text()).doesNotContain("root:");
        mallory.post(
                        "/tenants/mallory_ltd/data/query",
                        Map.of("sql", "SELECT count(*) FROM x_meta_step_logs"))
                .isOk();
    }

    @ParameterizedTest
    @CsvSource({"2026-11-02, 2026-11-01", "2025-01-01, 2027-01-02", "2000-01-01, 2100-12-31"})
    void a_window_that_is_reversed_or_too_long_is_refused(String start, String end) {
        Answer refused =
                mallory.post(
                        "/pipelines/run/mallory_ltd/gcp/cost/cost_billing",
                        Map.of("start_date", start, "end_date", end));
        refused.isRefused(422, "INVALID_FIELD");
        assertThat(refused.text()).contains("parameters.end_date");
    }

    @Test
    void what_a_killed_process_left_below_the_work_folder_is_gone() {
        assertThat(leftover).doesNotExist();
    }

    @Test
    void a_body_of_eleven_mebibytes_is_refused_whether_its_length_is_told_or_not() {
        byte[] body = new byte[ELEVEN_MIB];
        mallory.send(
                        "POST",
                        "/pipelines/run/mallory_ltd/system/diagnostics/probe",
                        BodyPublishers.ofByteArray(body))
                .isRefused(413, "PAYLOAD_TOO_LARGE");
        mallory.send(
                        "POST",
                        "/pipelines/run/mallory_ltd/system/diagnostics/probe",
                        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .isRefused(413, "PAYLOAD_TOO_LARGE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 25 * * *", "61 * * * *", "* * * *", "0 0 31 2 *", "soon", ""})
    void a_cron_that_never_fires_is_refused_by_name(String cron) {
        Answer refused = schedule(mallory, cron);
        assertThat(refused.status()).as(refused.text()).isIn(400, 422);
        assertThat(refused.get("detail") + refused.field("errors")).containsIgnoringCase("cron");
    }

    @Test
    void a_template_name_that_climbs_out_of_its_folder_is_refused() {
        Answer encoded =
                mallory.post("/pipelines/run/mallory_ltd/gcp/cost/..%2F..%2Fsystem", Map.of());
        assertThat(encoded.status()).isIn(400, 404);
        mallory.post("/pipelines/run/mallory_ltd/gcp/cost/no_such", Map.of())
                .isRefused(404, "PIPELINE_NOT_FOUND");
    }

    @Test
    void a_body_that_names_another_tenant_than_the_path_is_refused() {
        String pipelines = "/scheduler/tenant/mallory_ltd/pipelines";
        Map<String, Object> named = new HashMap<>(probe("0 2 * * *"));
        named.put("tenant_id", "victim_ltd");

        Answer refused = house.operator().post(pipelines, named);
        refused.isRefused(422, "INVALID_FIELD");
        assertThat(refused.list("errors"))
                .extracting(error -> error.path("field").asString())
                .containsExactly("tenant_id");
        mallory.post(pipelines, named).isRefused(403, "FORBIDDEN");
        named.put("tenant_id", "mallory_ltd");
        house.operator().post(pipelines, named).isOk();
    }

    private static Answer schedule(Caller tenant, String cron) {
        return tenant.post("/scheduler/pipeline-configs", probe(cron));
    }

    private static Map<String, Object> probe(String cron) {
        return Map.of(
                "provider", "SYSTEM",
                "domain", "DIAGNOSTICS",
                "pipeline_template", "probe",
                "schedule_cron", cron);
    }
}
