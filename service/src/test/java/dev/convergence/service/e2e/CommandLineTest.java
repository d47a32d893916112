package dev.convergence.service.e2e;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.cli.Main;
import dev.convergence.service.RunningServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The command line against a real server, as a person and a script would use it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandLineTest {

    private static final String PROBE = "system/diagnostics/probe";
    private static final Duration SOON = Duration.ofSeconds(60);

    private RunningServer server;
    private Path folder;
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeAll
    void open(@TempDir Path data) throws IOException {
        folder = Files.createDirectory(data.resolve("person"));
        server = RunningServer.start(data, Map.of());
        Path key = Files.writeString(folder.resolve("admin.key"), RunningServer.OPERATOR_KEY);
        done(
                "",
                "config",
                "set-context",
                "operator",
                "--server",
                server.address().toString(),
                "--admin-key-file",
                key.toString());
        for (String tenant : new String[] {"cli_acme", "cli_globex"}) {
            done(
                    "",
                    "tenant",
                    "onboard",
                    tenant,
                    "--company",
                    "Company " + tenant,
                    "--email",
                    "ops@example.com",
                    "--plan",
                    "SCALE",
                    "-o",
                    "json");
            String issued = json().path("api_key").asString();
            done(
                    issued,
                    "config",
                    "set-context",
                    tenant,
                    "--server",
                    server.address().toString(),
                    "--key-stdin");
        }
        done("", "config", "use-context", "cli_acme");
    }

    @AfterAll
    void close() {
        server.close();
    }

    @Test
    void a_run_is_started_waited_for_and_its_log_is_shown() {
        done("", "run", "start", PROBE, "-p", "duration_ms=50", "--follow", "-o", "json");

        String run = json().path("run_id").asString();
        assertThat(json().path("state").asString()).isEqualTo("COMPLETED");
        assertThat(err.toString()).contains("COMPLETED after");
        for (String verb : new String[] {"show", "steps", "quality", "logs", "why"}) {
            done("", "run", verb, run);
        }
        done("", "run", "logs", run, "-f");
        done("", "run", "list", "--state", "COMPLETED", "-o", "csv");
        assertThat(out.toString()).contains("COMPLETED");
    }

    @Test
    void a_run_that_fails_is_7_and_one_that_lasts_is_8() {
        assertThat(
                        run(
                                "",
                                "run",
                                "start",
                                PROBE,
                                "-p",
                                "outcome=FAILED",
                                "-p",
                                "error=no",
                                "--wait"))
                .isEqualTo(7);
        assertThat(
                        run(
                                "",
                                "run",
                                "start",
                                PROBE,
                                "-p",
                                "duration_ms=60000",
                                "--wait",
                                "--timeout",
                                "1s",
                                "-o",
                                "json"))
                .isEqualTo(8);
        eventually(
                "it runs",
                SOON,
                () -> {
                    done("", "run", "list", "--state", "RUNNING", "-o", "json");
                    return !json().path("runs").isEmpty();
                });
        String running = json().path("runs").path(0).path("run_id").asString();
        assertThat(run("", "run", "cancel", running)).isEqualTo(2);
        done("", "run", "cancel", running, "--yes");
    }

    @Test
    void refusals_have_their_exit_codes() {
        String unknown = "01a2031f-0000-7000-8000-000000000001";
        assertThat(run("", "run", "show", unknown)).isEqualTo(4);
        assertThat(run("", "run", "start", "no/such/template")).isEqualTo(4);
        assertThat(err.toString()).contains("template list", "request ");
        assertThat(run("wrong_api_key", "run", "list", "--key-stdin")).isEqualTo(3);
        assertThat(run("", "quota", "show", "-t", "cli_globex")).isEqualTo(3);
        assertThat(run("", "schedule", "explain", "75 * * * *")).isEqualTo(1);
        done("", "quota", "set", "cli_globex", "--daily", "0", "--context", "operator");
        assertThat(run("", "run", "start", PROBE, "--context", "cli_globex")).isEqualTo(6);
        assertThat(err.toString()).contains("quota show");
    }

    @Test
    void files_are_applied_twice_and_the_second_time_nothing_changes() throws IOException {
        Path files = Files.createDirectory(folder.resolve("pipelines"));
        Files.writeString(
                files.resolve("two.yaml"),
                """
                - name: nightly
                  template: %s
                  cron: 0 2 * * *
                  timezone: Europe/Berlin
                  parameters: {duration_ms: 5, echo: {a: [1, 2.50]}}
                  priority: 7
                  retry_config: {max_retries: 1}
                  schedule_policy: {window: PT60M, missed_runs: all, missed_runs_max: 3}
                - {name: hourly, template: %s, cron: "@hourly", is_active: false}
                """
                        .formatted(PROBE, PROBE));
        done("", "apply", "-f", files.toString(), "--dry-run", "-o", "csv");
        assertThat(out.toString()).contains("nightly,would be created");
        done("", "apply", "-f", files.toString(), "--diff", "-o", "csv");
        assertThat(out.toString()).contains("nightly,created", "hourly,created");

        done("", "apply", "-f", files.toString(), "-o", "csv");

        assertThat(out.toString()).contains("nightly,unchanged", "hourly,unchanged");
        done("", "pipeline", "export");
        Path exported = Files.writeString(folder.resolve("exported.yaml"), out.toString());
        done("", "apply", "-f", exported.toString(), "-o", "csv");
        assertThat(out.toString()).doesNotContain(",changed,").contains("nightly,unchanged");

        done("", "pipeline", "update", "nightly", "--cron", "0 3 * * *");
        done("", "apply", "-f", files.toString(), "--diff");
        assertThat(out.toString())
                .contains("-schedule_cron: 0 3 * * *", "+schedule_cron: 0 2 * * *");
        Files.writeString(
                files.resolve("two.yaml"),
                "{name: nightly, template: " + PROBE + ", cron: 0 2 * * *}");
        assertThat(run("", "apply", "-f", files.toString(), "--prune")).isEqualTo(2);
        done("", "apply", "-f", files.toString(), "--prune", "--yes", "-o", "csv");
        assertThat(out.toString()).contains("nightly,unchanged", "hourly,deleted");
    }

    @Test
    void pipelines_are_made_switched_run_and_deleted_by_name() {
        done("", "pipeline", "create", PROBE, "--name", "by-hand", "--cron", "0 4 * * *");
        done("", "pipeline", "disable", "by-hand");
        done("", "pipeline", "enable", "by-hand");
        done("", "pipeline", "list", "--active", "true", "-o", "csv");
        assertThat(out.toString()).contains("by-hand");
        done("", "run", "start", "by-hand", "--wait");
        done(
                "",
                "backfill",
                "create",
                "by-hand",
                "--from",
                "2026-01-01",
                "--to",
                "2026-01-02",
                "--dry-run");
        done("", "slot", "list", "--config", "by-hand");
        done("", "pipeline", "delete", "by-hand", "--yes");
        assertThat(run("", "pipeline", "show", "by-hand")).isEqualTo(4);
    }

    @Test
    void jobs_templates_schedules_and_groups_live_their_lives() throws IOException {
        done("", "job", "create", "probe", "--params", "{\"echo\": 1}", "--wait", "-o", "json");
        String job = json().path("job_id").asString();
        for (String verb : new String[] {"show", "chain", "runs", "why"}) {
            done("", "job", verb, job);
        }
        done("", "job-run", "logs", job);
        done("", "job-template", "create", "small", "--type", "probe", "-o", "json");
        String template = json().path("template_id").asString();
        done(
                "",
                "schedule",
                "create",
                "often",
                "--template",
                template,
                "--cron",
                "@hourly",
                "-o",
                "json");
        String schedule = json().path("schedule_id").asString();
        done("", "schedule", "disable", schedule);
        done("", "schedule", "list", "--enabled", "false", "-o", "csv");
        assertThat(out.toString()).contains("often");
        done("", "schedule", "trigger", schedule);
        done("", "schedule", "delete", schedule, "-y");
        done("", "job-template", "archive", template, "-y");
        done("jobs:\n- {type: probe}\n", "group", "create", "-", "-o", "json");
        done("", "group", "show", json().path("group_id").asString());
        done("", "direct", "run", "probe");
        done("", "reservation", "create", "me", "--seconds", "5", "-o", "json");
        done("", "reservation", "release", json().path("reservation_id").asString());
    }

    @Test
    void every_list_answers() {
        for (String line :
                new String[] {
                    "key list",
                    "credential list",
                    "template list",
                    "quota show",
                    "quota usage",
                    "quota history",
                    "quota overrides",
                    "plan list",
                    "plan show",
                    "pipeline list",
                    "run list",
                    "job list",
                    "job-run list",
                    "group list",
                    "job-template list",
                    "schedule list",
                    "backfill list",
                    "slot list",
                    "webhook list",
                    "webhook deliveries",
                    "data tables",
                    "queue status",
                    "scheduler status",
                    "scheduler runs",
                    "dead-letter list",
                    "tenant show",
                    "tenant status",
                    "whoami",
                    "version",
                    "template show " + PROBE,
                    "template validate " + PROBE
                }) {
            done("", line.split(" "));
            done("", (line + " -o yaml").split(" "));
        }
        for (String line :
                new String[] {
                    "tenant list", "scheduler status", "scheduler view pipelines_due_now",
                    "dead-letter list --all-tenants", "queue status", "quota show -t cli_acme",
                    "whoami", "scheduler trigger", "queue process"
                }) {
            done("", (line + " --context operator").split(" "));
        }
        done("", "tenant", "list", "--limit", "1", "--all", "-o", "csv", "--context", "operator");
        assertThat(out.toString()).contains("cli_acme", "cli_globex");
    }

    @Test
    void the_doctor_asks_the_server_too() {
        done("", "doctor", "--context", "operator", "--data-dir", "nowhere", "-o", "json");

        assertThat(json().path("checks").valueStream().map(c -> c.path("check").asString()))
                .contains("database", "migrations", "database clock", "landing zones", "mail");
        assertThat(json().path("checks").valueStream().map(c -> c.path("state").asString()))
                .doesNotContain("FAIL");
    }

    @Test
    void keys_credentials_and_webhooks_are_kept_and_taken_away() throws IOException {
        done(
                "",
                "key",
                "create",
                "reader",
                "--scope",
                "pipelines:read",
                "--days",
                "1",
                "-o",
                "json");
        String key = json().path("api_key_id").asString();
        done("", "key", "rotate", key, "-y", "-o", "json");
        done("", "key", "revoke", json().path("api_key_id").asString(), "--reason", "done", "-y");
        done(
                "{\"api_key\": \"k\"}",
                "credential",
                "create",
                "OPENAI",
                "--secrets-file",
                "-",
                "-o",
                "json");
        String credential = json().path("credential_id").asString();
        done("", "credential", "validate", credential);
        done("", "credential", "update", credential, "--active", "false");
        done("", "credential", "show", credential);
        done("", "credential", "delete", credential, "-y");
        done("", "webhook", "create", "https://hooks.example/", "-e", "job.*", "-o", "json");
        String endpoint = json().path("endpoint_id").asString();
        done("", "webhook", "update", endpoint, "--set", "enabled=false");
        done("", "webhook", "rotate", endpoint);
        done("", "webhook", "show", endpoint);
        done("", "webhook", "delete", endpoint, "-y");
    }

    private void done(String input, String... line) {
        assertThat(run(input, line)).as("%s: %s%s", String.join(" ", line), err, out).isZero();
    }

    private int run(String input, String... line) {
        out = new StringWriter();
        err = new StringWriter();
        return Main.run(
                Map.of("XDG_CONFIG_HOME", folder.toString()),
                input,
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                line);
    }

    private JsonNode json() {
        return JsonMapper.shared().readTree(out.toString());
    }
}
