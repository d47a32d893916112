package dev.convergence.steps.source;

import static dev.convergence.steps.LoadFixture.assertDone;
import static dev.convergence.steps.LoadFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.steps.LoadFixture;
import dev.convergence.steps.LoadFixture.Bill;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Findings of three clouds in one table, and Google's assets, each as its vendor writes it.
class FindingFormatsTest {

    private static final String HUB =
            """
            {"SchemaVersion":"2018-10-08","Id":"arn:aws:securityhub:eu-west-1:111122223333:finding/a",\
            "ProductArn":"arn:aws:securityhub:eu-west-1::product/aws/securityhub","GeneratorId":"security-control/S3.8",\
            "AwsAccountId":"111122223333","Types":["Software and Configuration Checks"],\
            "CreatedAt":"2026-11-01T10:00:00.123Z","UpdatedAt":"2026-11-20T10:00:00Z",\
            "Severity":{"Label":"INFORMATIONAL"},"Title":"S3 <script>alert(1)</script>","Description":"d",\
            "Remediation":{"Recommendation":{"Text":"mend","Url":"https://x"}},\
            "Resources":[{"Type":"AwsS3Bucket","Id":"arn:aws:s3:::b","Region":"eu-west-1"}],\
            "Compliance":{"Status":"FAILED","SecurityControlId":"S3.8","AssociatedStandards":[{"StandardsId":"standards/cis"},{"StandardsId":"standards/fsbp"}]},\
            "Workflow":{"Status":"NEW"},"RecordState":"ACTIVE"}
            """;

    private static final String ASSESSMENT =
            """
            {"id":"/subscriptions/sub-1/resourceGroups/rg/providers/Microsoft.Sql/servers/s1/providers/Microsoft.Security/assessments/rule-1",\
            "name":"rule-1","type":"Microsoft.Security/assessments","properties":{"displayName":"SQL is audited",\
            "resourceDetails":{"source":"Azure","id":"/subscriptions/sub-1/resourceGroups/rg/providers/Microsoft.Sql/servers/s1"},\
            "status":{"code":"Unhealthy","statusChangeDate":"2026-11-19T08:00:00"},"metadata":{"severity":"High","description":"why"}}}
            """;

    private static final String ASSET =
            """
            {"name":"//storage.googleapis.com/b1","assetType":"storage.googleapis.com/Bucket",\
            "resource":{"version":"v1","discoveryName":"Bucket","parent":"//cloudresourcemanager.googleapis.com/projects/7",\
            "location":"europe-west3","data":{"name":"b1","labels":{"team":"shop"}}},\
            "ancestors":["projects/7","organizations/1"],"updateTime":"2026-11-20T01:00:00Z"}
            """;

    @TempDir Path directory;
    private LoadFixture fixture;

    @BeforeEach
    void set_up() {
        fixture = new LoadFixture(directory);
    }

    @Test
    void security_hub_findings_have_the_words_of_all_clouds() throws Exception {
        land(Bill.HUB, HUB);
        assertDone(fixture.load(Bill.HUB, Map.of()));
        assertThat(
                        fixture.rows(
                                "SELECT finding_id, parent, resource_id, resource_type, region, rule_id, rule_name,"
                                        + " severity, status, event_time::VARCHAR, first_seen::VARCHAR, next_steps, external_uri,"
                                        + " source, standard, raw_json->>'SchemaVersion' FROM findings"))
                .isEqualTo(
                        List.of(
                                List.of(
                                        "arn:aws:securityhub:eu-west-1:111122223333:finding/a",
                                        "111122223333/eu-west-1",
                                        "arn:aws:s3:::b",
                                        "AwsS3Bucket",
                                        "eu-west-1",
                                        "S3.8",
                                        "S3 <script>alert(1)</script>",
                                        "INFO",
                                        "OPEN",
                                        "2026-11-20 10:00:00",
                                        "2026-11-01 10:00:00.123",
                                        "mend",
                                        "https://x",
                                        "security_hub",
                                        "standards/cis, standards/fsbp",
                                        "2018-10-08")));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"Workflow\":{\"Status\":\"SUPPRESSED\"}', MUTED",
        "'\"Workflow\":{\"Status\":\"RESOLVED\"}', RESOLVED",
        "'\"Workflow\":{\"Status\":\"NOTIFIED\"}', OPEN",
        "'\"Workflow\":{\"Status\":\"PONDERED\"}', OPEN",
        "'\"Workflow\":null', OPEN",
    })
    void a_workflow_says_how_a_finding_stands(String workflow, String status) throws Exception {
        land(Bill.HUB, HUB.replace("\"Workflow\":{\"Status\":\"NEW\"}", workflow));
        assertDone(fixture.load(Bill.HUB, Map.of()));
        assertThat(one("SELECT status FROM findings")).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"Label\":\"critical\"}', CRITICAL",
        "'{\"Normalized\":70}', HIGH",
        "'{\"Normalized\":0}', INFO",
        "'{\"Label\":\"DREADFUL\"}', UNKNOWN",
        "null, UNKNOWN",
    })
    void a_severity_is_one_of_our_words(String severity, String word) throws Exception {
        land(Bill.HUB, HUB.replace("{\"Label\":\"INFORMATIONAL\"}", severity));
        assertDone(fixture.load(Bill.HUB, Map.of()));
        assertThat(one("SELECT severity FROM findings")).isEqualTo(word);
    }

    @Test
    void assessments_tell_their_subscription_and_resource_by_their_id() throws Exception {
        land(Bill.ASSESSMENTS, ASSESSMENT);
        assertDone(fixture.load(Bill.ASSESSMENTS, Map.of()));
        assertThat(
                        fixture.rows(
                                "SELECT parent, resource_id, resource_type, rule_id, rule_name, severity, status,"
                                        + " event_time::VARCHAR, last_seen::VARCHAR, source FROM findings"))
                .isEqualTo(
                        List.of(
                                List.of(
                                        "sub-1",
                                        "/subscriptions/sub-1/resourceGroups/rg/providers/Microsoft.Sql/servers/s1",
                                        "Microsoft.Sql/servers",
                                        "rule-1",
                                        "SQL is audited",
                                        "HIGH",
                                        "OPEN",
                                        "2026-11-19 08:00:00",
                                        "2026-11-22 00:00:00",
                                        "defender")));
    }

    @ParameterizedTest
    @CsvSource({"Healthy, RESOLVED", "NotApplicable, RESOLVED", "healthy, RESOLVED", "Weird, OPEN"})
    void a_code_says_how_an_assessment_stands(String code, String status) throws Exception {
        land(Bill.ASSESSMENTS, ASSESSMENT.replace("Unhealthy", code));
        assertDone(fixture.load(Bill.ASSESSMENTS, Map.of()));
        assertThat(one("SELECT status FROM findings")).isEqualTo(status);
    }

    @Test
    void an_exempted_assessment_and_one_without_times_load() throws Exception {
        land(
                Bill.ASSESSMENTS,
                ASSESSMENT.replace(
                        "\"status\":{\"code\":\"Unhealthy\",\"statusChangeDate\":\"2026-11-19T08:00:00\"}",
                        "\"status\":{\"code\":\"NotApplicable\",\"cause\":\"Exempt\"}"));
        assertDone(fixture.load(Bill.ASSESSMENTS, Map.of()));
        assertThat(fixture.rows("SELECT status, event_time::DATE::VARCHAR FROM findings"))
                .isEqualTo(List.of(List.of("EXEMPT", "2026-11-22")));
    }

    @Test
    void assets_are_a_snapshot_of_their_project_and_policies_do_not_replace_resources()
            throws Exception {
        land(Bill.ASSETS, ASSET);
        assertDone(fixture.load(Bill.ASSETS, Map.of()));
        land(
                Bill.ASSETS,
                """
                {"name":"//storage.googleapis.com/b1","asset_type":"storage.googleapis.com/Bucket",\
                "iam_policy":{"bindings":[{"role":"roles/viewer","members":["allUsers"]}]},\
                "ancestors":["projects/7"],"update_time":"2026-11-20T01:00:00Z"}
                """);
        assertDone(fixture.load(Bill.ASSETS, Map.of()));
        assertThat(
                        fixture.rows(
                                "SELECT asset_type, ancestor, content_type, location, display_name, labels_json,"
                                        + " iam_policy_json IS NOT NULL FROM cloud_assets ORDER BY content_type"))
                .isEqualTo(
                        List.of(
                                List.of(
                                        "storage.googleapis.com/Bucket",
                                        "projects/7",
                                        "IAM_POLICY",
                                        "null",
                                        "null",
                                        "null",
                                        "true"),
                                List.of(
                                        "storage.googleapis.com/Bucket",
                                        "projects/7",
                                        "RESOURCE",
                                        "europe-west3",
                                        "b1",
                                        "{\"team\":\"shop\"}",
                                        "false")));
    }

    @Test
    void pages_of_list_calls_are_taken_apart() throws Exception {
        land(
                Bill.HUB,
                "{\"Findings\":["
                        + HUB
                        + ","
                        + HUB.replace("finding/a", "finding/b")
                        + "],\"NextToken\":null}");
        assertDone(fixture.load(Bill.HUB, Map.of()));
        assertThat(one("SELECT count(DISTINCT finding_id) FROM findings")).isEqualTo("2");

        land(Bill.ASSESSMENTS, "{\n\"value\":[" + ASSESSMENT + "]}");
        assertDone(fixture.load(Bill.ASSESSMENTS, Map.of()));
        land(Bill.ASSETS, "{\"assets\":[" + ASSET + "]}");
        assertDone(fixture.load(Bill.ASSETS, Map.of()));
    }

    @Test
    void a_list_may_be_longer_than_a_row() throws Exception {
        StringBuilder list = new StringBuilder("{\n  \"Findings\": [");
        String long_one =
                HUB.replace(
                        "\"Description\":\"d\"", "\"Description\":\"" + "x".repeat(100_000) + "\"");
        for (int i = 0; i < 60; i++) {
            list.append(i == 0 ? "" : ",").append(long_one.replace("finding/a", "finding/" + i));
        }
        land(Bill.HUB, list.append("],\n\"NextToken\": \"more\"}").toString());
        assertDone(fixture.load(Bill.HUB, Map.of()));
        assertThat(one("SELECT count(*) FROM findings")).isEqualTo("60");
        assertThat(fixture.log).anyMatch(line -> line.contains("its last page is missing"));
    }

    @Test
    void an_empty_page_is_nothing_to_load() throws Exception {
        land(Bill.HUB, "{\"Findings\":[]}");
        assertDone(fixture.load(Bill.HUB, Map.of()));
    }

    @Test
    void tables_of_all_three_have_the_same_columns() {
        List<String> columns = names(FindingsFormat.format());
        assertThat(names(SecurityHubFormat.format())).isEqualTo(columns);
        assertThat(names(AssessmentsFormat.format())).isEqualTo(columns);
    }

    @Test
    void a_file_of_another_cloud_is_refused_by_its_name() throws Exception {
        land(Bill.HUB, ASSESSMENT);
        assertThat(failure(fixture.load(Bill.HUB, Map.of())))
                .contains("another kind (Microsoft Defender assessments)");
        land(Bill.ASSESSMENTS, HUB);
        assertThat(failure(fixture.load(Bill.ASSESSMENTS, Map.of())))
                .contains("another kind (AWS Security Hub findings (ASFF))");
        land(Bill.ASSETS, HUB);
        assertThat(failure(fixture.load(Bill.ASSETS, Map.of()))).contains("another kind");
    }

    @Test
    void damaged_lines_are_named_with_what_is_wrong() throws Exception {
        land(Bill.HUB, HUB + HUB.replace("2026-11-20T10:00:00Z", "yesterday"));
        assertThat(failure(fixture.load(Bill.HUB, Map.of())))
                .contains("line 2")
                .contains("event_time: the value is not a time");

        land(Bill.HUB, HUB + HUB.replace("\"AwsAccountId\":\"111122223333\",", ""));
        assertThat(failure(fixture.load(Bill.HUB, Map.of())))
                .contains("line 2")
                .contains("parent: the value is missing");

        land(Bill.HUB, HUB + HUB.replace("finding/a", "x".repeat(5_000)));
        assertThat(failure(fixture.load(Bill.HUB, Map.of()))).contains("longer than 4096");

        land(Bill.HUB, HUB + HUB.substring(0, HUB.length() / 2) + "\n");
        assertThat(failure(fixture.load(Bill.HUB, Map.of()))).contains("it is not JSON");
    }

    @Test
    void long_texts_and_strange_resources_load_as_they_are() throws Exception {
        land(
                Bill.HUB,
                HUB.replace(
                                "\"Description\":\"d\"",
                                "\"Description\":\"" + "é".repeat(1_000_000) + "\"")
                        + HUB.replace("finding/a", "finding/b")
                                .replace("arn:aws:s3:::b", "r".repeat(2_000))
                        + HUB.replace("finding/a", "finding/c")
                                .replaceFirst("\"Resources\":\\[.*?\\]", "\"Resources\":\"none\"")
                        + HUB.replace("finding/a", "finding/d")
                                .replace("2026-11-20T10:00:00Z", "2999-01-01 10:00:00"));
        assertDone(fixture.load(Bill.HUB, Map.of()));
        assertThat(
                        fixture.rows(
                                "SELECT max(length(description)), max(length(resource_id)), max(year(event_time)) FROM findings"))
                .isEqualTo(List.of(List.of("1000000", "2000", "2999")));
        assertThat(one("SELECT max(length(description)) FROM finding_history")).isEqualTo("4096");
    }

    private static List<String> names(Format format) {
        return format.columns().stream().map(c -> c.name() + " " + c.type()).toList();
    }

    private String one(String sql) throws Exception {
        return fixture.rows(sql).getFirst().getFirst();
    }

    private void land(Bill bill, String content) throws Exception {
        fixture.land(bill.provider + "/" + bill.domain + "/a.json", content);
    }
}
