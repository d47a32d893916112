package dev.convergence.service.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.service.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Findings of several clouds, loaded by the bundled templates and read back over HTTP.
class FindingsTest {

    @TempDir private static Path folder;
    private static RunningServer server;
    private static House house;
    private static Caller tenant;

    @BeforeAll
    static void load_snapshots() throws IOException {
        server = RunningServer.start(folder, Map.of("CONVERGENCE_WORKERS", "1"));
        house = new House(server);
        tenant = house.onboard("finder", "SCALE");
        load("aws/security", hub("1", "a", "HIGH") + hub("1", "b", "LOW") + hub("2", "a", "HIGH"));
        load(
                "aws/security",
                hub("1", "a", "HIGH") + hub("1", "c", "CRITICAL") + hub("2", "a", "LOW"));
        load("azure/security", assessment("x".repeat(2_000)) + assessment("y".repeat(2_000)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_list_of_all_clouds_says_what_changed_since_the_snapshot_before() {
        List<JsonNode> findings = all("?provider=aws");
        assertThat(findings)
                .extracting(FindingsTest::short_form)
                .containsExactlyInAnyOrder(
                        "1/eu-west-1 a HIGH OPEN null",
                        "1/eu-west-1 b LOW RESOLVED RESOLVED",
                        "1/eu-west-1 c CRITICAL OPEN NEW",
                        "2/eu-west-1 a LOW OPEN CHANGED");
        assertThat(findings.getFirst().path("source").asString()).isEqualTo("security_hub");
        assertThat(findings.getFirst().path("since").asString()).endsWith("Z");
    }

    @Test
    void pages_of_one_show_equal_ids_of_two_accounts_and_ids_longer_than_a_cursor() {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = tenant.get("/tenants/finder/findings?limit=1" + cursor).isOk();
            JsonNode one = page.field("findings").path(0);
            ids.add(one.path("account").asString() + one.path("finding_id").asString());
            cursor = page.field("next_cursor").isNull() ? "" : "&cursor=" + page.get("next_cursor");
        } while (!cursor.isEmpty());
        assertThat(ids).hasSize(6).doesNotHaveDuplicates();
    }

    @Test
    void filters_are_of_what_is_now() {
        assertThat(all("?change=new")).hasSize(1);
        assertThat(all("?state=resolved&severity=low")).hasSize(1);
        assertThat(all("?state=exempt")).isEmpty();
        assertThat(all("?change=reopened")).isEmpty();
        assertThat(all("?severity=info")).isEmpty();
    }

    @Test
    void texts_come_back_as_they_are_and_long_ones_cut() {
        JsonNode one = all("?provider=aws").getFirst();
        assertThat(one.path("description").asString())
                .startsWith("<script>alert('x')</script>")
                .hasSize(4_096);
    }

    @Test
    void a_cursor_that_nobody_gave_is_refused() {
        assertThat(tenant.get("/tenants/finder/findings?cursor=abc").status()).isEqualTo(400);
    }

    @Test
    void a_data_set_from_before_there_was_a_history_shows_what_was_loaded_last() throws Exception {
        Caller upgraded = house.onboard("upgraded", "SCALE");
        for (String template :
                List.of(
                        "aws/security/security_audit",
                        "azure/security/security_audit",
                        "azure/compliance/compliance_check")) {
            house.run(upgraded, "upgraded/" + template, Map.of("source", "sample"));
        }
        Answer after = upgraded.get("/tenants/upgraded/findings?limit=200").isOk();
        forgetHistory("upgraded");

        Answer before = upgraded.get("/tenants/upgraded/findings?limit=200").isOk();
        assertThat(ids(before)).isNotEmpty().containsExactlyInAnyOrderElementsOf(ids(after));
        assertThat(before.list("findings")).allMatch(one -> one.path("change").isNull());
        JsonNode first = before.list("findings").getFirst();
        String filter = "/tenants/upgraded/findings?limit=1&provider=aws";
        Answer page = upgraded.get(filter).isOk();
        Answer next = upgraded.get(filter + "&cursor=" + page.get("next_cursor")).isOk();
        assertThat(ids(next)).hasSize(1).isNotEqualTo(ids(page));
        assertThat(first.path("since").asString()).endsWith("Z");
    }

    private static List<String> ids(Answer answer) {
        return answer.list("findings").stream()
                .map(one ->
                        one.path("account").asString()
                                + one.path("finding_id").asString()
                                + one.path("severity").asString()
                                + one.path("state").asString())
                .toList();
    }

    private static void forgetHistory(String tenant) throws Exception {
        Path file = folder.resolve("warehouse/" + tenant + ".duckdb");
        try (var connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                var statement = connection.createStatement()) {
            statement.execute("DROP TABLE finding_history");
        }
    }

    @Test
    void samples_of_each_template_load() {
        for (String template :
                List.of(
                        "aws/security/security_audit",
                        "azure/security/security_audit",
                        "gcp/inventory/asset_inventory")) {
            Caller sampler = house.onboard("sampler_" + template.replaceAll("/.*", ""), "SCALE");
            JsonNode run =
                    house.run(
                            sampler,
                            "sampler_" + template.replaceAll("/.*", "") + "/" + template,
                            Map.of("source", "sample"));
            assertThat(run.path("state").asString()).as(run.toString()).isEqualTo("COMPLETED");
        }
    }

    private static List<JsonNode> all(String filter) {
        return tenant.get("/tenants/finder/findings" + filter).isOk().list("findings");
    }

    private static String short_form(JsonNode finding) {
        return finding.path("account").asString()
                + " "
                + finding.path("finding_id").asString()
                + " "
                + finding.path("severity").asString()
                + " "
                + finding.path("state").asString()
                + " "
                + finding.path("change").asString("null");
    }

    private static void load(String where, String content) throws IOException {
        Path zone = Files.createDirectories(server.landing().resolve("finder/" + where));
        Files.writeString(zone.resolve("a.jsonl"), content);
        JsonNode run =
                house.run(
                        tenant, "finder/" + where + "/security_audit", Map.of("source", "landing"));
        assertThat(run.path("state").asString()).as(run.toString()).isEqualTo("COMPLETED");
    }

    private static String hub(String account, String id, String severity) {
        return """
        {"Id":"%s","AwsAccountId":"%s","Region":"eu-west-1","GeneratorId":"g","Title":"t",\
        "Description":"<script>alert('x')</script>%s","UpdatedAt":"2026-11-20T10:00:00Z",\
        "Severity":{"Label":"%s"},"RecordState":"ACTIVE"}
        """
                .formatted(id, account, "d".repeat(1_000_000), severity);
    }

    private static String assessment(String name) {
        return """
        {"id":"/subscriptions/s/%s","name":"rule","properties":{"status":{"code":"Unhealthy"}}}
        """
                .formatted(name);
    }
}
