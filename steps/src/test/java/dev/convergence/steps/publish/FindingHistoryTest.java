package dev.convergence.steps.publish;

import static dev.convergence.steps.LoadFixture.assertDone;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.steps.LoadFixture;
import dev.convergence.steps.LoadFixture.Bill;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What became of findings from snapshot to snapshot.
class FindingHistoryTest {

    @TempDir Path directory;
    private LoadFixture fixture;

    @BeforeEach
    void set_up() {
        fixture = new LoadFixture(directory);
    }

    @Test
    void an_open_finding_that_a_whole_snapshot_lacks_is_resolved_and_may_come_back()
            throws Exception {
        google(finding("f1") + finding("f2"));
        google(finding("f1"));
        assertThat(now()).containsExactly("f1 OPEN null", "f2 RESOLVED RESOLVED");
        google(finding("f1"));
        google(finding("f1") + finding("f2") + finding("f3"));
        assertThat(now()).containsExactly("f1 OPEN null", "f2 OPEN REOPENED", "f3 OPEN NEW");
        assertThat(
                        fixture.rows(
                                "SELECT status, is_absent, valid_to IS NULL FROM finding_history"
                                        + " WHERE finding_id = 'f2' ORDER BY x_run_id"))
                .isEqualTo(
                        List.of(
                                List.of("OPEN", "false", "false"),
                                List.of("RESOLVED", "true", "false"),
                                List.of("OPEN", "false", "true")));
        assertThat(raw()).isEqualTo("3");
    }

    @Test
    void the_same_snapshot_again_changes_nothing() throws Exception {
        google(finding("f1") + finding("f2"));
        google(finding("f1") + finding("f2"));
        assertThat(fixture.rows("SELECT count(*) FROM finding_history"))
                .isEqualTo(List.of(List.of("2")));
    }

    @Test
    void a_partial_snapshot_resolves_nothing() throws Exception {
        google(finding("f1") + finding("f2"));
        load(Bill.FINDINGS, finding("f1"), Map.of("snapshot", "partial"));
        assertThat(now()).containsExactly("f1 OPEN null", "f2 OPEN null");
        assertThat(fixture.log)
                .anyMatch(line -> line.contains("No whole snapshot, for the run says so"));
    }

    @Test
    void what_could_not_be_read_is_not_resolved() throws Exception {
        google(finding("f1") + finding("f2"));
        load(
                Bill.FINDINGS,
                finding("f1") + finding("f2").substring(0, 40),
                Map.of("bad_rows", "quarantine"));
        assertThat(now()).containsExactly("f1 OPEN null", "f2 OPEN null");
    }

    @Test
    void a_list_without_its_last_page_resolves_nothing() throws Exception {
        google(finding("f1") + finding("f2"));
        google("{\"listFindingsResults\":[" + finding("f1") + "],\"nextPageToken\":\"t\"}");
        assertThat(now()).containsExactly("f1 OPEN null", "f2 OPEN null");
        google(
                "{\"listFindingsResults\":["
                        + finding("f1")
                        + "],\"nextPageToken\":\"t\"}\n"
                        + "{\"listFindingsResults\":["
                        + finding("f3")
                        + "],\"nextPageToken\":\"\"}");
        assertThat(now()).containsExactly("f1 OPEN null", "f2 RESOLVED RESOLVED", "f3 OPEN NEW");
    }

    @Test
    void a_load_of_days_resolves_nothing() throws Exception {
        google(finding("f1") + finding("f2"));
        fixture.land("gcp/security/a.jsonl", finding("f1"));
        assertDone(
                fixture.load(
                        Bill.FINDINGS, Map.of(), LoadFixture.days("2026-11-20", "2026-11-20")));
        assertThat(now()).containsExactly("f1 OPEN null", "f2 OPEN null");
    }

    @Test
    void no_provider_account_or_tool_resolves_what_another_found() throws Exception {
        google(finding("f1"));
        google(finding("f1").replace("sources/2", "sources/3"));
        load(Bill.ASSESSMENTS, assessment("f1", "Unhealthy"), Map.of());
        load(Bill.POLICIES, state("f1", "NonCompliant"), Map.of());
        load(Bill.ASSESSMENTS, assessment("f9", "Unhealthy"), Map.of());
        assertThat(
                        fixture.rows(
                                "SELECT source, account, status FROM finding_history"
                                        + " WHERE valid_to IS NULL AND finding_id LIKE '%f1' ORDER BY 1, 2"))
                .isEqualTo(
                        List.of(
                                List.of("azure_policy", "sub", "OPEN"),
                                List.of("defender", "sub", "RESOLVED"),
                                List.of(
                                        "security_command_center",
                                        "organizations/1/sources/2",
                                        "OPEN"),
                                List.of(
                                        "security_command_center",
                                        "organizations/1/sources/3",
                                        "OPEN")));
    }

    @Test
    void what_is_muted_or_exempt_stays_so_when_a_list_leaves_it_out() throws Exception {
        google(finding("f1") + finding("f2").replace("\"state\"", "\"mute\":\"MUTED\",\"state\""));
        google(finding("f1"));
        assertThat(now()).containsExactly("f1 OPEN null", "f2 MUTED null");
        google(finding("f1") + finding("f2"));
        assertThat(now()).containsExactly("f1 OPEN null", "f2 OPEN CHANGED");
    }

    @Test
    void states_of_policies_have_a_history_too() throws Exception {
        load(Bill.POLICIES, state("s1", "NonCompliant") + state("s2", "Compliant"), Map.of());
        load(Bill.POLICIES, state("s1", "Compliant") + state("s2", "Conflict"), Map.of());
        assertThat(now()).containsExactly("s1 RESOLVED RESOLVED", "s2 OPEN REOPENED");
        load(Bill.POLICIES, state("s1", "Unheard") + state("s2", "Exempt"), Map.of());
        assertThat(now()).containsExactly("s1 OPEN REOPENED", "s2 EXEMPT CHANGED");
    }

    @Test
    void equal_ids_in_one_load_are_one_finding_of_which_the_latest_counts() throws Exception {
        google(
                finding("f1")
                        + finding("f1")
                                .replace("ACTIVE", "INACTIVE")
                                .replace("2026-11-20", "2026-11-21"));
        assertThat(now()).containsExactly("f1 RESOLVED null");
        assertThat(raw()).isEqualTo("2");
    }

    @Test
    void a_severity_that_changes_is_a_change() throws Exception {
        google(finding("f1"));
        google(finding("f1").replace("HIGH", "CRITICAL"));
        assertThat(now()).containsExactly("f1 OPEN CHANGED");
    }

    @Test
    void findings_from_before_there_was_a_history_begin_it() throws Exception {
        google(finding("f1") + finding("f2"));
        fixture.alter("DROP TABLE finding_history");
        google(finding("f1") + finding("f3"));
        assertThat(now()).containsExactly("f1 OPEN null", "f2 RESOLVED RESOLVED", "f3 OPEN NEW");
    }

    private List<String> now() throws Exception {
        return fixture
                .rows(
                        "SELECT finding_id || ' ' || status || ' ' || coalesce(change, 'null')"
                                + " FROM finding_history WHERE valid_to IS NULL ORDER BY finding_id")
                .stream()
                .map(List::getFirst)
                .toList();
    }

    private String raw() throws Exception {
        return fixture.rows("SELECT count(*) FROM findings").getFirst().getFirst();
    }

    private void google(String content) throws Exception {
        load(Bill.FINDINGS, content, Map.of());
    }

    private void load(Bill bill, String content, Map<String, Object> parameters) throws Exception {
        fixture.land(bill.provider + "/" + bill.domain + "/a.jsonl", content);
        assertDone(fixture.load(bill, parameters));
    }

    private static String finding(String id) {
        return """
        {"finding":{"name":"%s","parent":"organizations/1/sources/2","category":"OPEN_FIREWALL",\
        "severity":"HIGH","state":"ACTIVE","eventTime":"2026-11-20T00:00:00Z"}}
        """
                .formatted(id);
    }

    private static String assessment(String id, String code) {
        return """
        {"id":"/subscriptions/sub/x/%s","name":"rule","properties":{"status":{"code":"%s"}}}
        """
                .formatted(id, code);
    }

    private static String state(String id, String state) {
        return """
        {"id":"%s","subscriptionId":"sub","properties":{"complianceState":"%s",\
        "timestamp":"2026-11-20T01:02:03Z"}}
        """
                .formatted(id, state);
    }
}
