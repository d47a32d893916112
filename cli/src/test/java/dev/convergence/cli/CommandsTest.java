package dev.convergence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What each command asks the server.
class CommandsTest {

    private static final String TENANT = " tenant=acme_corp_api_k";

    @TempDir Path folder;
    private Desk desk;

    @BeforeEach
    void open() {
        desk = new Desk(folder);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void onboarding_sends_what_was_given_with_the_operators_first_key() {
        desk.answers("{\"tenant_id\": \"t_1\", \"api_key\": \"t_1_api_x\"}");

        assertThat(desk.run("tenant", "onboard", "t_1", "--company", "T", "--email", "a@b.example"))
                .isZero();

        assertThat(desk.asked.getFirst())
                .startsWith("POST /api/v1/tenants/onboard admin=op ")
                .contains("\"tenant_id\":\"t_1\"", "\"subscription_plan\":\"STARTER\"");
        assertThat(desk.out()).contains("t_1_api_x");
    }

    @Test
    void a_pipeline_is_run_with_its_parameters() {
        assertThat(desk.run("run", "start", "gcp/cost/billing", "-p", "date=2026-01-02")).isZero();

        assertThat(desk.asked)
                .containsExactly(
                        "POST /api/v1/pipelines/run/acme_corp/gcp/cost/billing"
                                + TENANT
                                + " {\"parameters\":{\"date\":\"2026-01-02\"}}");
    }

    @Test
    void a_pipeline_may_be_named_by_its_name() {
        desk.answersFirst(
                "{\"pipelines\": [{\"config_id\": \"c-1\", \"pipeline_name\": \"nightly\"}]}");

        assertThat(desk.run("pipeline", "disable", "nightly")).isZero();

        assertThat(desk.asked.getLast())
                .isEqualTo(
                        "POST /api/v1/scheduler/tenant/acme_corp/pipelines/c-1/pause"
                                + TENANT
                                + " {}");
        assertThat(desk.answers("{\"pipelines\": []}").run("pipeline", "show", "other"))
                .isEqualTo(4);
    }

    @Test
    void a_cron_may_begin_with_an_at_sign() {
        assertThat(desk.run("pipeline", "create", "a/b/c", "--cron", "@daily")).isZero();

        assertThat(desk.asked.getFirst()).contains("\"schedule_cron\":\"@daily\"");
    }

    @Test
    void a_pipeline_is_planned_without_being_made() {
        assertThat(desk.run("pipeline", "create", "a/b/c", "--cron", "0 2 * * *", "--dry-run"))
                .isZero();

        assertThat(desk.asked.getFirst())
                .startsWith("POST /api/v1/scheduler/tenant/acme_corp/pipelines/dryrun" + TENANT);
    }

    @Test
    void slots_are_listed_and_a_cron_is_explained() {
        assertThat(desk.run("slot", "list", "--outcome", "SKIPPED_MISSED")).isZero();
        assertThat(desk.run("schedule", "explain", "0 2 * * *", "--tz", "Europe/Berlin")).isZero();

        assertThat(desk.asked)
                .containsExactly(
                        "GET /api/v1/tenants/acme_corp/slots?limit=50&outcome=SKIPPED_MISSED"
                                + TENANT,
                        "GET /api/v1/scheduler/explain?cron=0%202%20*%20*%20*&timezone=Europe%2FBerlin&count=5"
                                + TENANT);
    }

    @Test
    void what_is_typed_cannot_leave_its_place_in_a_path() {
        assertThat(desk.run("group", "show", "g/1?x")).isZero();
        assertThat(desk.run("run", "show", "../../tenants")).isZero();

        assertThat(desk.asked)
                .containsExactly(
                        "GET /api/v1/job-groups/g%2F1%3Fx" + TENANT,
                        "GET /api/v1/pipelines/runs/..%2F..%2Ftenants" + TENANT);
    }

    @Test
    void dead_letters_of_all_tenants_are_the_operators() {
        desk.answers("{\"dead_letters\": []}");
        assertThat(desk.run("dead-letter", "list", "--limit", "5")).isZero();
        assertThat(desk.run("dead-letter", "list", "--all-tenants")).isZero();

        assertThat(desk.asked)
                .containsExactly(
                        "GET /api/v1/tenants/acme_corp/dead-letters?limit=5" + TENANT,
                        "GET /api/v1/scheduler/dead-letters?limit=50 admin=op");
    }

    @Test
    void another_tenant_is_reached_with_the_operators_key() {
        assertThat(desk.run("quota", "usage", "-t", "globex")).isZero();

        assertThat(desk.asked).containsExactly("GET /api/v1/tenants/globex/usage admin=op");
    }

    @Test
    void a_backfill_is_planned_and_limits_are_set_for_a_time() {
        desk.answers(
                "{\"plan\": {\"instants\": [{\"date\": \"2026-01-01\", \"is_wanted\": true}]}}");
        String config = "01a2031f-0000-7000-8000-000000000001";
        assertThat(
                        desk.run(
                                "backfill",
                                "create",
                                config,
                                "--from",
                                "2026-01-01",
                                "--to",
                                "2026-01-31",
                                "--mode",
                                "failed",
                                "--dry-run"))
                .isZero();
        assertThat(desk.asked.getFirst())
                .startsWith("POST /api/v1/tenants/acme_corp/backfills tenant=acme_corp_api_k ")
                .contains("\"dry_run\":true", "\"mode\":\"failed\"");
        assertThat(desk.out()).contains("2026-01-01");

        String until = "2026-02-01T00:00:00Z";
        assertThat(
                        desk.run(
                                "quota",
                                "override",
                                "acme",
                                "--until",
                                until,
                                "--reason",
                                "x",
                                "--daily",
                                "9"))
                .isZero();
        assertThat(desk.asked.getLast())
                .startsWith("PUT /api/v1/tenants/acme/limits/overrides admin=op ")
                .contains("\"daily_limit\":9");
    }

    @Test
    void fields_without_an_option_come_from_a_file_or_are_set() throws Exception {
        Path file = Files.writeString(folder.resolve("f.yaml"), "max_attempts: 5\nenabled: true\n");

        assertThat(
                        desk.run(
                                "webhook",
                                "create",
                                "https://a.example/",
                                "-e",
                                "job.run.*",
                                "-f",
                                file.toString(),
                                "--set",
                                "enabled=false",
                                "--set",
                                "description=x y"))
                .isZero();

        assertThat(desk.asked.getFirst())
                .endsWith(
                        "{\"max_attempts\":5,\"enabled\":false,\"description\":\"x y\","
                                + "\"url\":\"https://a.example/\",\"events\":[\"job.run.*\"]}");
    }

    @Test
    void the_audit_log_is_asked_with_filters_and_for_one_entry() {
        desk.answers("{\"entries\": []}");
        assertThat(desk.run("audit", "list", "--action", "tenants.suspend", "--limit", "5"))
                .isZero();
        assertThat(desk.run("audit", "list", "--all-tenants", "--actor", "admin")).isZero();
        assertThat(desk.run("audit", "show", "e1")).isZero();

        assertThat(desk.asked)
                .containsExactly(
                        "GET /api/v1/audit?limit=5&tenant_id=acme_corp&action=tenants.suspend"
                                + TENANT,
                        "GET /api/v1/audit?limit=50&actor=admin admin=op",
                        "GET /api/v1/audit/e1" + TENANT);
    }

    @Test
    void people_are_told_by_channels_and_rules() {
        String all = "/api/v1/tenants/acme_corp/notifications";
        desk.run(
                "notification",
                "create-channel",
                "EMAIL",
                "ops",
                "--to",
                "a@b.example,c@d.example");
        desk.run("notification", "create-rule", "bad", "-e", "job_failure", "--channel", "c1");
        desk.run("notification", "test", "c1");
        desk.run("notification", "test");
        desk.run("notification", "history", "--state", "HELD");
        desk.run("notification", "redeliver", "m1");
        desk.types("log: {}\n").run("notification", "set", "-");

        assertThat(desk.asked)
                .containsExactly(
                        "POST %s/channels%s {\"type\":\"EMAIL\",\"name\":\"ops\",\"to_emails\":[\"a@b.example\",\"c@d.example\"]}"
                                .formatted(all, TENANT),
                        "POST %s/rules%s {\"name\":\"bad\",\"events\":[\"job_failure\"],\"channel_ids\":[\"c1\"]}"
                                .formatted(all, TENANT),
                        "POST %s/channels/c1/test%s {}".formatted(all, TENANT),
                        "POST %s/test%s {}".formatted(all, TENANT),
                        "GET %s/history?limit=50&state=HELD%s".formatted(all, TENANT),
                        "POST %s/history/m1/redeliver%s {}".formatted(all, TENANT),
                        "PUT %s%s {\"log\":{}}".formatted(all, TENANT));
    }

    @Test
    void a_node_is_drained_after_asking_and_takes_work_again() {
        assertThat(desk.run("worker", "drain", "n1")).isEqualTo(2);
        assertThat(desk.asked).isEmpty();

        assertThat(desk.run("worker", "drain", "n1", "--yes")).isZero();
        assertThat(desk.run("worker", "resume", "n1")).isZero();
        assertThat(desk.answers("{\"nodes\": []}").run("worker", "list")).isZero();

        assertThat(desk.asked)
                .containsExactly(
                        "POST /api/v1/scheduler/nodes/n1/drain admin=op {}",
                        "POST /api/v1/scheduler/nodes/n1/resume admin=op {}",
                        "GET /api/v1/scheduler/nodes?limit=50 admin=op");
    }

    @Test
    void quality_is_listed_by_run_or_by_rule() {
        desk.answers("{\"results\": []}");
        assertThat(desk.run("data", "quality")).isZero();
        assertThat(desk.run("data", "quality", "--by-rule")).isZero();

        assertThat(desk.asked)
                .containsExactly(
                        "GET /api/v1/tenants/acme_corp/data-quality?limit=50" + TENANT,
                        "GET /api/v1/tenants/acme_corp/data-quality?limit=50&by=rule" + TENANT);
    }

    @Test
    void a_group_may_be_piped_in() {
        assertThat(desk.types("name: g\njobs:\n- {type: probe}\n").run("group", "create", "-"))
                .isZero();

        assertThat(desk.asked)
                .containsExactly(
                        "POST /api/v1/job-groups"
                                + TENANT
                                + " {\"name\":\"g\",\"jobs\":[{\"type\":\"probe\"}]}");
    }

    @Test
    void a_select_comes_from_the_line_a_file_or_stdin() throws Exception {
        Path file = Files.writeString(folder.resolve("q.sql"), "SELECT 2");
        desk.types("SELECT 3\n");

        assertThat(desk.run("sql", "SELECT 1")).isZero();
        assertThat(desk.run("sql", "-f", file.toString())).isZero();
        assertThat(desk.run("sql")).isZero();

        assertThat(desk.asked)
                .extracting(line -> line.replaceAll(".*\"sql\":\"([^\"]*)\".*", "$1"))
                .containsExactly("SELECT 1", "SELECT 2", "SELECT 3");
    }

    @Test
    void all_pages_of_a_list_are_joined() {
        desk.answersFirst(
                        "{\"jobs\": [{\"job_id\": \"1\"}], \"next_cursor\": \"a b\"}",
                        "{\"jobs\": [{\"job_id\": \"2\"}], \"next_cursor\": \"c\"}")
                .answers("{\"jobs\": [{\"job_id\": \"3\"}], \"next_cursor\": null}");

        assertThat(desk.run("job", "list", "--all", "-o", "json")).isZero();

        assertThat(desk.asked)
                .containsExactly(
                        "GET /api/v1/jobs?limit=200" + TENANT,
                        "GET /api/v1/jobs?limit=200&cursor=a%20b" + TENANT,
                        "GET /api/v1/jobs?limit=200&cursor=c" + TENANT);
        assertThat(desk.out().strip())
                .isEqualTo(
                        "{\"jobs\":[{\"job_id\":\"1\"},{\"job_id\":\"2\"},{\"job_id\":\"3\"}],\"next_cursor\":null}");
    }

    @Test
    void a_wrong_line_is_status_2_and_asks_nobody() {
        for (List<String> line :
                List.of(
                        List.of("tenant"),
                        List.of("tenant", "paint"),
                        List.of("pipeline", "create", "gcp/cost"),
                        List.of("run", "list", "-o", "xml"),
                        List.of("run", "watch", "x", "--timeout", "soon"),
                        List.of("job", "create", "probe", "--params", "{"),
                        List.of("run", "list", "--server", "not an address"))) {
            assertThat(desk.run(line.toArray(String[]::new))).as("%s", line).isEqualTo(2);
            assertThat(desk.out()).isEmpty();
            assertThat(desk.err()).isNotBlank();
        }
        assertThat(desk.asked).isEmpty();
    }

    @Test
    void a_typing_error_is_answered_with_what_was_meant() {
        desk.run("run", "lst");

        assertThat(desk.err()).contains("run list", "How it is written: convergence run --help");
    }
}
