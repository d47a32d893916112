package dev.convergence.service.e2e;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.Audit;
import dev.convergence.engine.sql.Database;
import dev.convergence.service.MigratedDatabase;
import dev.convergence.service.RunningServer;
import dev.convergence.service.ServerProcesses;
import dev.convergence.service.ServerProcesses.Started;
import dev.convergence.testkit.TestPostgres;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A server that is killed with work of every kind, and the one that comes after it.
class RecoveryTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int ALWAYS = 1_000;

    @TempDir Path folder;

    private final HookServer hooks = new HookServer();
    private final String url = MigratedDatabase.url();
    private ServerProcesses servers;
    private Started doomed;
    private Caller acme;
    private Caller globex;

    @BeforeEach
    void open() throws Exception {
        servers =
                new ServerProcesses(
                        folder,
                        url,
                        Map.of(
                                "CONVERGENCE_WORKERS",
                                "1",
                                "CONVERGENCE_WEBHOOK_ALLOW_PRIVATE",
                                "true"));
        doomed = servers.start();
        acme = onboarded("acme_corp");
        globex = onboarded("globex_inc");
    }

    @AfterEach
    void close() {
        servers.close();
        hooks.close();
    }

    private Caller onboarded(String tenant) {
        Map<String, Object> body = new HashMap<>();
        body.put("tenant_id", tenant);
        body.put("company_name", "Company");
        body.put("admin_email", "admin@company.example");
        body.put("subscription_plan", "SCALE");
        String key =
                new Caller(doomed.address(), List.of("X-Admin-Key", RunningServer.OPERATOR_KEY))
                        .post("/tenants/onboard", body)
                        .isOk()
                        .get("api_key");
        return new Caller(doomed.address(), List.of("X-API-Key", key));
    }

    private static Caller at(URI server, Caller caller) {
        return new Caller(server, caller.headers());
    }

    /// Work that lasts until its server is killed.
    private static String slow(Caller caller) {
        return JobCalls.id(JobCalls.created(caller, JobCalls.probe(Map.of("duration_ms", 8_000))));
    }

    private static String state(Caller caller, String job) {
        return JobCalls.job(caller, job).path("state").asString();
    }

    @Test
    void what_ran_has_failed_by_recovery_has_one_retry_and_all_else_is_as_it_was()
            throws Exception {
        hooks.failNext(ALWAYS);
        Map<String, Object> hook =
                Map.of("url", hooks.url(), "max_attempts", 10, "events", List.of("job.run.*"));
        assertThat(acme.post("/webhooks/endpoints", hook).status()).isEqualTo(201);
        String done = JobCalls.probes(acme, 1).getFirst();
        eventually("it is done", SOON, () -> state(acme, done).equals("COMPLETED"));
        eventually("it is told", SOON, () -> !hooks.heard.isEmpty());
        CompletableFuture<Void> direct = directOf(globex);
        eventually("it is executed", SOON, () -> running(globex) == 1);
        String lost = slow(acme);
        String waiting = JobCalls.probes(acme, 1).getFirst();
        eventually("it runs", SOON, () -> state(acme, lost).equals("RUNNING"));
        JsonNode doneBefore = JobCalls.job(acme, done);
        String run = JobCalls.runs(acme, lost).getFirst().path("run_id").asString();
        assertThat(state(acme, waiting)).isEqualTo("QUEUED");

        doomed.kill();
        hooks.failNext(0);
        URI next = servers.start().address();
        Caller after = at(next, acme);
        direct.join();

        JsonNode failed = after.get("/job-runs/" + run).isOk().json();
        assertThat(failed.path("status").asString()).isEqualTo("FAILED");
        assertThat(failed.path("error").asString()).containsIgnoringCase("recovery");
        assertThat(JobCalls.job(after, lost).path("finished_at"))
                .isEqualTo(failed.path("finished_at"));
        List<JsonNode> chain = JobCalls.chain(after, lost);
        assertThat(chain).hasSize(2);
        assertThat(chain.getLast().path("retry_of").asString()).isEqualTo(lost);
        assertThat(JobCalls.job(after, done)).isEqualTo(doneBefore);
        nothing_is_left_of_the_direct_execution(at(next, globex));
        nothing_is_left_to_recover(after);

        eventually(
                "the waiting one and the retry are done",
                SOON,
                () ->
                        state(after, waiting).equals("COMPLETED")
                                && state(after, JobCalls.id(chain.getLast())).equals("COMPLETED"));
        assertThat(JobCalls.chain(after, lost)).hasSize(2);
        assertThat(JobCalls.runs(after, lost).getFirst()).isEqualTo(failed);
        what_could_not_be_told_is_told_later_with_the_same_bytes(after, done);
        assertThat(Audit.violations(new Database(TestPostgres.dataSource(inSchema())))).isEmpty();
    }

    private String inSchema() {
        return url + "&currentSchema=convergence";
    }

    /// Its caller hears nothing any more.
    private static CompletableFuture<Void> directOf(Caller caller) {
        return CompletableFuture.runAsync(() -> {
            try {
                caller.post("/direct/probe", Map.of("params", Map.of("duration_ms", 60_000)));
            } catch (UncheckedIOException dead) {
                // as it should
            }
        });
    }

    private static int running(Caller caller) {
        return JobCalls.queue(caller).path("running_job_ids").size();
    }

    private static void nothing_is_left_of_the_direct_execution(Caller caller) {
        caller.get("/reservations/active").isRefused(404, "RESOURCE_NOT_FOUND");
        JsonNode run = caller.get("/job-runs").isOk().list("runs").getFirst();
        assertThat(run.path("status").asString()).isEqualTo("FAILED");
        assertThat(run.path("error").asString()).containsIgnoringCase("recovery");
        assertThat(JobCalls.queue(caller).path("queue_length").asInt(-1)).isZero();
    }

    /// Recovery again, asked for twice, does nothing.
    private static void nothing_is_left_to_recover(Caller caller) {
        for (int again = 0; again < 2; again++) {
            caller.post("/scheduler/stop", Map.of("timeout", 30)).isOk();
            JsonNode stats =
                    caller.post("/scheduler/start", Map.of()).isOk().field("recovery_stats");
            assertThat(stats.path("running_jobs_recovered").asInt(-1)).isZero();
            assertThat(stats.path("retries_created").asInt(-1)).isZero();
            assertThat(stats.path("reservations_expired").asInt(-1)).isZero();
            assertThat(stats.path("job_groups_recovered").asInt(-1)).isZero();
        }
    }

    private void what_could_not_be_told_is_told_later_with_the_same_bytes(
            Caller caller, String done) {
        String query = "/webhooks/deliveries?run_id=" + done;
        eventually(
                "it is delivered",
                SOON,
                () ->
                        caller.get(query).isOk().list("deliveries").stream()
                                .allMatch(d -> d.path("state").asString().equals("DELIVERED")));
        List<HookServer.Heard> told =
                hooks.heard.stream().filter(h -> h.header("x-job-id").equals(done)).toList();
        assertThat(told).hasSizeGreaterThan(1);
        assertThat(told).extracting(HookServer.Heard::text).containsOnly(told.getFirst().text());
        assertThat(told).extracting(h -> h.header("webhook-id")).hasSizeGreaterThan(1);
        assertThat(told)
                .extracting(h -> h.header("webhook-id"))
                .containsOnly(told.getFirst().header("webhook-id"));
    }
}
