package dev.convergence.service.e2e;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.convergence.engine.EngineConfig;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.event.EngineListener;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.sql.DatabaseClock;
import dev.convergence.engine.worker.JobHandler;
import dev.convergence.service.MigratedDatabase;
import dev.convergence.service.RunningServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Runs that took their nodes with them, as their tenant and the operator see them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeadLettersTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int LOSSES = 3;

    private final CountDownLatch over = new CountDownLatch(1);
    private final List<Rooms> doomed = new ArrayList<>();
    private RunningServer server;
    private HikariDataSource source;
    private Database database;
    private House house;
    private Caller owner;
    private Caller other;
    private String dead;

    @BeforeAll
    void open(@TempDir Path folder) {
        String url = MigratedDatabase.url();
        server =
                RunningServer.start(
                        folder, Map.of("DATABASE_URL", url, "CONVERGENCE_WORKERS", "0"));
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setSchema("convergence");
        source = new HikariDataSource(config);
        database = new Database(source);
        house = new House(server);
        owner = house.onboard("owner_ltd", "SCALE");
        other = house.onboard("other_ltd", "SCALE");
        dead = died("owner_ltd");
    }

    @AfterAll
    void close() throws InterruptedException {
        over.countDown();
        for (Rooms node : doomed) {
            node.drain(Duration.ofSeconds(60));
        }
        source.close();
        server.close();
    }

    @Test
    void its_tenant_and_the_operator_find_it_and_nobody_else() {
        assertThat(jobs(owner, "/tenants/owner_ltd/dead-letters")).contains(dead);
        assertThat(jobs(house.operator(), "/customers/owner_ltd/dead-letters")).contains(dead);
        assertThat(jobs(house.operator(), "/scheduler/dead-letters")).contains(dead);

        assertThat(jobs(other, "/tenants/other_ltd/dead-letters")).doesNotContain(dead);
        other.get("/tenants/owner_ltd/dead-letters").isRefused(403, "FORBIDDEN");
        assertThat(other.get("/scheduler/dead-letters").status()).isIn(401, 403);
        other.post("/tenants/other_ltd/dead-letters/" + dead + "/redrive", Map.of())
                .isRefused(404, "RESOURCE_NOT_FOUND");
        other.post("/tenants/owner_ltd/dead-letters/" + dead + "/redrive", Map.of())
                .isRefused(403, "FORBIDDEN");
        assertThat(House.state(owner, dead)).isEqualTo("FAILED");
    }

    @Test
    void it_is_driven_again_once_and_completes() {
        String letter = died("owner_ltd");

        Answer redriven =
                owner.post("/tenants/owner_ltd/dead-letters/" + letter + "/redrive", Map.of());
        assertThat(redriven.status()).as(redriven.text()).isEqualTo(202);
        assertThat(redriven.get("redrive_of")).isEqualTo(letter);
        house.drain();

        JsonNode run = house.ended(owner, redriven.get("pipeline_logging_id"));
        assertThat(run.path("state").asString()).isEqualTo("COMPLETED");
        owner.post("/tenants/owner_ltd/dead-letters/" + letter + "/redrive", Map.of())
                .isRefused(409, "CONFLICT");
        assertThat(owner.get("/tenants/owner_ltd/dead-letters").isOk().list("dead_letters"))
                .filteredOn(item -> item.path("job_id").asString().equals(letter))
                .singleElement()
                .satisfies(item ->
                        assertThat(item.path("redriven_as").asString())
                                .isEqualTo(redriven.get("job_id")));
    }

    @Test
    void a_list_goes_on_where_its_page_ended() {
        String newer = died("owner_ltd");

        Answer first = owner.get("/tenants/owner_ltd/dead-letters?limit=1").isOk();
        Answer second =
                owner.get("/tenants/owner_ltd/dead-letters?cursor=" + first.get("next_cursor"))
                        .isOk();

        assertThat(jobs(first)).containsExactly(newer);
        assertThat(jobs(second)).contains(dead).doesNotContain(newer);
    }

    @Test
    void a_job_that_is_no_dead_letter_is_not_driven_again() {
        String run =
                other.post("/pipelines/run/other_ltd/system/diagnostics/probe", Map.of())
                        .isOk()
                        .get("run_id");
        house.drain();
        other.post("/tenants/other_ltd/dead-letters/" + run + "/redrive", Map.of())
                .isRefused(404, "RESOURCE_NOT_FOUND");
    }

    private static List<String> jobs(Caller caller, String path) {
        return jobs(caller.get(path).isOk());
    }

    private static List<String> jobs(Answer list) {
        return list.list("dead_letters").stream()
                .map(item -> item.path("job_id").asString())
                .toList();
    }

    /// Starts a run, and has its nodes die under it.
    ///
    /// @return its last attempt
    private String died(String tenant) {
        String job =
                owner.post("/pipelines/run/" + tenant + "/system/diagnostics/probe", Map.of())
                        .isOk()
                        .get("run_id");
        for (int loss = 0; loss < LOSSES; loss++) {
            job = losesItsNode();
        }
        return job;
    }

    private String losesItsNode() {
        Rooms node = node();
        eventually(
                "the run is claimed",
                SOON,
                () -> {
                    node.worker().runOnce(node.clock().instant());
                    return node.worker().runningCount() == 1;
                });
        String attempt = node.worker().runningJobs().iterator().next().toString();
        database.transact(handle ->
                handle.execute(
                        "UPDATE node SET heartbeat_at = heartbeat_at - interval '1 hour'"
                                + " WHERE node_id = ?",
                        node.membership().node().value()));
        Rooms rescuer = node();
        eventually(
                "it is rescued",
                SOON,
                () -> {
                    rescuer.rescuer().rescue(rescuer.clock().instant());
                    return House.state(owner, attempt).equals("FAILED");
                });
        rescuer.leave();
        return attempt;
    }

    /// A node of its own beside the server's, whose work never ends.
    private Rooms node() {
        EngineConfig config =
                new EngineConfig(
                        1,
                        Duration.ofSeconds(30),
                        Optional.empty(),
                        Duration.ofSeconds(1),
                        RetryPolicy.withBase(Duration.ZERO),
                        0,
                        Map.of(),
                        Path.of("unused"));
        Rooms node =
                new Rooms(
                        database,
                        new DatabaseClock(database),
                        config,
                        List.of(JobHandler.of(Job.PIPELINE, _ -> hangs())),
                        EngineListener.NOBODY);
        node.join();
        doomed.add(node);
        return node;
    }

    private Outcome hangs() throws InterruptedException {
        over.await();
        return Outcome.Completed.plain();
    }
}
