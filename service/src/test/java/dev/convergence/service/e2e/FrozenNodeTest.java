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
import dev.convergence.testkit.models.FakeModels;
import dev.convergence.testkit.models.Turn;
import dev.convergence.testkit.models.Vendor;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Two servers on one database, one of them frozen beyond its lease with work in flight, and then
/// continued.
class FrozenNodeTest {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String CARD =
            """
            {"title": "Bells under water", "summary": "Sound travels far in still water.",
             "key_concepts": ["resonance"], "horror_applications": ["A bell that counts."],
             "canonical_affinity": {"setting": ["harbour"]}}
            """;

    @TempDir Path folder;

    private final FakeModels fakes = FakeModels.start();
    private final HookServer hooks = new HookServer();
    private final String url = MigratedDatabase.url();
    private final CountDownLatch hungUp = new CountDownLatch(1);
    private ServerProcesses servers;
    private Started frozen;
    private Started living;
    private Caller tenant;
    private String file;
    private String group;
    private String card;

    @BeforeEach
    void work_is_in_flight_on_one_of_two() throws Exception {
        Map<String, String> changes = new HashMap<>(fakes.environment());
        // Short, but no machine that stops for a moment makes the living one lose its lease.
        changes.put("CONVERGENCE_LEASE", "PT6S");
        changes.put("CONVERGENCE_WORKERS", "4");
        changes.put("CONVERGENCE_WEBHOOK_ALLOW_PRIVATE", "true");
        servers = new ServerProcesses(folder, url, changes);
        fakes.next(Vendor.OLLAMA, new Turn.Drips(hungUp));
        fakes.always(Vendor.OLLAMA, new Turn.Says(CARD));
        frozen = servers.start();
        String key = onboarded();
        tenant = at(frozen.address(), key);
        Map<String, Object> hook = Map.of("url", hooks.url(), "events", List.of("*"));
        assertThat(tenant.post("/webhooks/endpoints", hook).status()).isEqualTo(201);
        card =
                put(
                                "/jobs",
                                Map.of(
                                        "type",
                                        "research",
                                        "params",
                                        Map.of("topic", "bells under water")))
                        .get("job_id");
        eventually("it is asked", SOON, () -> fakes.seen(Vendor.OLLAMA).size() == 1);
        file = put("/jobs", probe("of the first")).get("job_id");
        group =
                put(
                                "/job-groups",
                                Map.of(
                                        "mode",
                                        "SEQUENTIAL",
                                        "jobs",
                                        List.of(probe("member 0"), probe("member 1"))))
                        .get("group_id");
        eventually(
                "all run",
                SOON,
                () -> state(file).equals("RUNNING") && groupStatus().equals("RUNNING"));
        frozen.freeze();
        living = servers.start();
        tenant = at(living.address(), key);
    }

    @AfterEach
    void close() {
        servers.close();
        fakes.close();
        hooks.close();
    }

    /// It lasts until its node is frozen, and writes its file at its end.
    private static Map<String, Object> probe(String echo) {
        return Map.of("type", "probe", "params", Map.of("duration_ms", 6000, "echo", echo));
    }

    private static Caller at(URI server, String key) {
        return new Caller(server, List.of("X-API-Key", key));
    }

    private String onboarded() {
        Map<String, Object> acme =
                Map.of(
                        "tenant_id", "acme_corp",
                        "company_name", "Acme",
                        "admin_email", "admin@acme.example",
                        "subscription_plan", "SCALE");
        return new Caller(frozen.address(), List.of("X-Admin-Key", RunningServer.OPERATOR_KEY))
                .post("/tenants/onboard", acme)
                .isOk()
                .get("api_key");
    }

    private Answer put(String path, Map<String, ?> body) {
        Answer answer = tenant.post(path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    private String state(String job) {
        return JobCalls.job(tenant, job).path("state").asString();
    }

    private List<JsonNode> chain(String job) {
        return JobCalls.chain(tenant, job);
    }

    private JsonNode run(String job) {
        return JobCalls.runs(tenant, job).getFirst();
    }

    private String artifact(String job, String name) {
        return tenant.get("/job-runs/" + run(job).path("run_id").asString() + "/artifacts/" + name)
                .isOk()
                .text();
    }

    private String lastOf(String job) {
        return JobCalls.id(chain(job).getLast());
    }

    @Test
    void its_work_is_done_once_more_elsewhere_and_nothing_that_it_does_late_counts()
            throws Exception {
        eventually("they are given up", SOON, () -> state(card).equals("FAILED"));
        eventually("so is the first", SOON, () -> state(file).equals("FAILED"));
        for (String job : List.of(file, card)) {
            assertThat(run(job).path("error").asString()).containsIgnoringCase("recovery");
            assertThat(chain(job)).hasSize(2);
            assertThat(chain(job).getLast().path("retry_of").asString()).isEqualTo(job);
        }
        eventually("it is done again", SOON, () -> state(lastOf(file)).equals("COMPLETED"));
        eventually("the group goes on", SOON, () -> groupStatus().equals("COMPLETED"));
        waits_for_the_model_that_may_still_be_asked();

        JsonNode failed = run(file);
        String made = artifact(lastOf(file), "echo");
        frozen.thaw();

        assertThat(hungUp.await(30, TimeUnit.SECONDS)).as("it hangs up").isTrue();
        eventually("the card is there", SOON, () -> state(lastOf(card)).equals("COMPLETED"));
        Caller thawed = new Caller(frozen.address(), tenant.headers());
        String next = JobCalls.id(JobCalls.created(thawed, Map.of("type", "probe")));
        eventually("both work", SOON, () -> state(next).equals("COMPLETED"));

        assertThat(run(file)).isEqualTo(failed);
        assertThat(failed.path("artifacts")).isEmpty();
        assertThat(artifact(lastOf(file), "echo")).isEqualTo(made).contains("of the first");
        assertThat(chain(file)).hasSize(2);
        assertThat(chain(card)).hasSize(2);
        assertThat(fakes.mostAtOnce(Vendor.OLLAMA)).as("RULE-1").isOne();
        assertThat(fakes.seen(Vendor.OLLAMA)).hasSize(2);
        everything_is_told_once();
        assertThat(
                        Audit.violations(
                                new Database(
                                        TestPostgres.dataSource(
                                                url + "&currentSchema=convergence"))))
                .isEmpty();
    }

    private String groupStatus() {
        return tenant.get("/job-groups/" + group).isOk().get("status");
    }

    /// The frozen server has its connection to it still.
    private void waits_for_the_model_that_may_still_be_asked() {
        String retry = lastOf(card);
        assertThat(state(retry)).isEqualTo("QUEUED");
        assertThat(fakes.seen(Vendor.OLLAMA)).hasSize(1);
        assertThat(tenant.get("/jobs/" + retry + "/why").isOk().text())
                .contains("POOL_TAKEN")
                .contains("a lost node");
    }

    /// Two of the file, three of the group, two of the card, one after it all.
    private void everything_is_told_once() {
        eventually("all is told", SOON, () -> hooks.heard.size() >= 9);
        assertThat(hooks.heard)
                .extracting(heard -> heard.header("x-job-event") + heard.header("x-run-id"))
                .doesNotHaveDuplicates()
                .hasSize(9);
        assertThat(hooks.of("job.run.failed")).hasSize(3);
        assertThat(hooks.of("job.run.completed")).hasSize(5);
        assertThat(hooks.of("job.group.completed")).hasSize(1);
    }
}
