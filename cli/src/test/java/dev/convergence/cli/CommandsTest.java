package dev.convergence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The commands against a server that answers what the test says and notes what it was asked.
class CommandsTest {

    private final List<String> asked = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private HttpServer server;
    private int status = 200;
    private String answer = "{}";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void tenants_are_listed_as_a_table_with_the_operators_key() {
        answer =
                """
                {"tenants": [{"tenant_id": "acme_corp", "company_name": "Acme\\u001b[31m",
                  "subscription_plan": "SCALE", "status": "ACTIVE"}], "next_cursor": "abc"}
                """;

        assertThat(run("tenant", "list", "--limit", "1")).isZero();

        assertThat(asked).containsExactly("GET /api/v1/tenants?limit=1 admin=op ");
        assertThat(out.toString().lines())
                .containsExactly(
                        "tenant_id  company_name  subscription_plan  status  created_at",
                        "acme_corp  Acme [31m     SCALE              ACTIVE",
                        "more with: --cursor abc");
    }

    @Test
    void onboarding_sends_what_was_given() {
        answer = "{\"tenant_id\": \"t_1\", \"api_key\": \"t_1_api_x\"}";

        assertThat(run("tenant", "onboard", "t_1", "--company", "T", "--email", "a@b.example"))
                .isZero();

        assertThat(asked.getFirst())
                .startsWith("POST /api/v1/tenants/onboard admin=op ")
                .contains("\"tenant_id\":\"t_1\"", "\"subscription_plan\":\"STARTER\"");
        assertThat(out.toString()).contains("t_1_api_x");
    }

    @Test
    void a_query_goes_to_the_tenant_of_the_key_and_keeps_numbers_as_they_are() {
        answer =
                """
                {"columns": [{"name": "cost", "type": "DECIMAL(38,20)"}], "rows": [["0.10"], [null],
                  [12345678901234567.10], [0.00000000100]]}
                """;

        assertThat(run("data", "query", "SELECT cost FROM c")).isZero();

        assertThat(asked.getFirst())
                .startsWith("POST /api/v1/tenants/acme_corp/data/query tenant=acme_corp_api_k ");
        assertThat(out.toString().lines())
                .containsExactly("cost", "0.10", "", "12345678901234567.10", "0.00000000100");
    }

    @Test
    void json_is_what_the_server_said() {
        answer = "{\"pipelines_due_now\": 2}";

        assertThat(run("scheduler", "status", "-o", "json")).isZero();

        assertThat(out.toString()).contains("\"pipelines_due_now\" : 2");
    }

    @Test
    void a_pipeline_is_run_with_its_parameters() {
        assertThat(run("pipeline", "run", "gcp/cost/billing", "-p", "date=2026-01-02")).isZero();

        assertThat(asked)
                .containsExactly(
                        "POST /api/v1/pipelines/run/acme_corp/gcp/cost/billing"
                                + " tenant=acme_corp_api_k"
                                + " {\"parameters\":{\"date\":\"2026-01-02\"}}");
    }

    @Test
    void endpoints_are_made_and_deliveries_are_listed_and_sent_again() {
        answer =
                """
                {"endpoint_id": "e1", "secret": "whsec_x", "deliveries": [{"delivery_id": "d1",
                  "event": "job.run.failed", "state": "FAILED", "last_error": "status 500"}]}
                """;

        assertThat(run("webhook", "create", "https://a.example/", "-e", "job.run.*")).isZero();
        assertThat(run("webhook", "deliveries", "--run", "r1", "--state", "FAILED")).isZero();
        assertThat(run("webhook", "redeliver", "d1")).isZero();
        assertThat(run("webhook", "rotate", "e1")).isZero();

        assertThat(asked.getFirst())
                .startsWith("POST /api/v1/webhooks/endpoints tenant=acme_corp_api_k ")
                .contains("\"url\":\"https://a.example/\"", "\"events\":[\"job.run.*\"]");
        assertThat(asked.subList(1, asked.size()))
                .containsExactly(
                        "GET /api/v1/webhooks/deliveries?limit=50&run_id=r1&state=FAILED"
                                + " tenant=acme_corp_api_k ",
                        "POST /api/v1/webhooks/deliveries/d1/redeliver tenant=acme_corp_api_k {}",
                        "POST /api/v1/webhooks/endpoints/e1/rotate-secret tenant=acme_corp_api_k"
                                + " {}");
        assertThat(out.toString()).contains("whsec_x", "job.run.failed", "status 500");
    }

    @Test
    void slots_are_listed_and_a_cron_is_explained() {
        answer =
                """
                {"slots": [{"due_at": "2026-11-22T12:00:00Z", "config_id": "c1", "outcome": "SKIPPED_MISSED",
                  "run_id": null, "effective_at": "2026-11-22T12:00:00Z", "reason": "Nobody looked."}],
                 "next": [{"at": "2026-11-23T01:00:00Z", "local_time": "2026-11-23 02:00 +01:00", "dst": null}],
                 "next_cursor": null}
                """;

        assertThat(run("slot", "list", "--config", "c1", "--outcome", "SKIPPED_MISSED")).isZero();
        assertThat(run("schedule", "explain", "0 2 * * *", "--tz", "Europe/Berlin")).isZero();

        assertThat(asked)
                .containsExactly(
                        "GET /api/v1/tenants/acme_corp/slots?limit=50&config_id=c1&outcome=SKIPPED_MISSED"
                                + " tenant=acme_corp_api_k ",
                        "GET /api/v1/scheduler/explain?cron=0%202%20*%20*%20*&timezone=Europe%2FBerlin&count=5"
                                + " tenant=acme_corp_api_k ");
        assertThat(out.toString()).contains("Nobody looked.", "2026-11-23 02:00 +01:00");
    }

    @Test
    void groups_are_shown_by_member_and_cancelled() {
        answer =
                """
                {"group_id": "g1", "jobs": [{"sequence_number": 0, "retry_attempt": 1, "job_id": "j1",
                  "job_type": "probe", "state": "COMPLETED"}]}
                """;

        assertThat(run("group", "show", "g/1")).isZero();
        assertThat(run("group", "list", "--limit", "5")).isZero();
        assertThat(run("group", "cancel", "g1")).isZero();

        assertThat(asked)
                .containsExactly(
                        "GET /api/v1/job-groups/g%2F1 tenant=acme_corp_api_k ",
                        "GET /api/v1/job-groups?limit=5 tenant=acme_corp_api_k ",
                        "POST /api/v1/job-groups/g1/cancel tenant=acme_corp_api_k {}");
        assertThat(out.toString()).contains("COMPLETED");
    }

    @Test
    void dead_letters_are_listed_and_redriven_with_the_tenants_key() {
        answer =
                """
                {"dead_letters": [{"job_id": "j1", "tenant_id": "acme_corp", "reason": "Nodes died.",
                  "died_at": "2026-11-22T12:00:00Z", "redriven_as": null}], "next_cursor": null}
                """;

        assertThat(run("dead-letter", "list", "--limit", "5")).isZero();
        assertThat(run("dead-letter", "list", "--all")).isZero();
        assertThat(run("dead-letter", "redrive", "j/1")).isZero();

        assertThat(asked)
                .containsExactly(
                        "GET /api/v1/tenants/acme_corp/dead-letters?limit=5"
                                + " tenant=acme_corp_api_k ",
                        "GET /api/v1/scheduler/dead-letters?limit=50 admin=op ",
                        "POST /api/v1/tenants/acme_corp/dead-letters/j%2F1/redrive"
                                + " tenant=acme_corp_api_k {}");
        assertThat(out.toString()).contains("job_id", "j1", "Nodes died.");
    }

    @Test
    void a_backfill_is_planned_and_limits_are_set_for_a_time() {
        answer =
                """
                {"plan": {"instants": [{"scheduled_time": "2026-01-01T02:00:00Z", "date": "2026-01-01",
                  "is_wanted": true}]}}
                """;
        assertThat(
                        run(
                                "backfill",
                                "create",
                                "c-1",
                                "--from",
                                "2026-01-01",
                                "--to",
                                "2026-01-31",
                                "--mode",
                                "failed",
                                "--dry-run"))
                .isZero();
        assertThat(asked.getFirst())
                .startsWith("POST /api/v1/tenants/acme_corp/backfills ")
                .contains("\"dry_run\":true", "\"mode\":\"failed\"", "tenant=acme_corp_api_k");
        assertThat(out.toString()).contains("2026-01-01T02:00:00Z");

        String until = "2026-02-01T00:00:00Z";
        assertThat(
                        run(
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
        assertThat(asked.getLast())
                .startsWith("PUT /api/v1/tenants/acme/limits/overrides ")
                .contains("admin=op", "\"daily_limit\":9");
    }

    @Test
    void a_refusal_is_told_on_stderr_with_status_1() {
        status = 404;
        answer = "{\"detail\": \"There is no such run.\", \"code\": \"RESOURCE_NOT_FOUND\"}";

        assertThat(run("run", "show", "x/y")).isEqualTo(1);

        assertThat(asked.getFirst()).startsWith("GET /api/v1/pipelines/runs/x%2Fy ");
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("There is no such run. (RESOURCE_NOT_FOUND)");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void a_server_that_is_not_there_is_status_1() {
        server.stop(0);

        assertThat(run("run", "list")).isEqualTo(1);

        assertThat(err.toString()).contains("Is the server running?");
    }

    @Test
    void a_wrong_line_is_status_2() {
        assertThat(run("tenant")).isEqualTo(2);
        assertThat(run("tenant", "paint")).isEqualTo(2);
        assertThat(run("pipeline", "run", "gcp/cost")).isEqualTo(2);
        assertThat(run("run", "list", "--server", "not an address")).isEqualTo(2);
        assertThat(
                        Main.run(
                                Map.of(),
                                new PrintWriter(out, true),
                                new PrintWriter(err, true),
                                "run",
                                "list"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("Set CONVERGENCE_API_KEY");
        assertThat(asked).isEmpty();
    }

    @Test
    void help_is_status_0() {
        assertThat(run("pipeline", "run", "--help")).isZero();
        assertThat(out.toString()).contains("provider/domain/template");
    }

    private int run(String... arguments) {
        Map<String, String> environment =
                Map.of(
                        "CONVERGENCE_SERVER", "http://127.0.0.1:" + server.getAddress().getPort(),
                        "CONVERGENCE_API_KEY", "acme_corp_api_k",
                        "ADMIN_API_KEY", "op,older");
        return Main.run(
                environment, new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String admin = exchange.getRequestHeaders().getFirst("X-Admin-Key");
        String tenant = exchange.getRequestHeaders().getFirst("X-API-Key");
        String who = admin == null ? "tenant=" + tenant : "admin=" + admin;
        asked.add(
                exchange.getRequestMethod()
                        + " "
                        + exchange.getRequestURI()
                        + " "
                        + who
                        + " "
                        + body);
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
