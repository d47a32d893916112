package dev.convergence.service.e2e;

import static dev.convergence.testkit.Eventually.eventually;

import dev.convergence.service.RunningServer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What several stories do with a server: onboard, make due, wait for ends.
final class House {

    private static final Set<String> ENDS = Set.of("COMPLETED", "FAILED", "SKIPPED", "CANCELLED");
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final RunningServer server;
    private final Caller operator;

    House(RunningServer server) {
        this.server = server;
        this.operator = Caller.operator(server);
    }

    Caller operator() {
        return operator;
    }

    /// Onboards a tenant under its older name, and answers it as a caller.
    Caller onboard(String tenant, String plan) {
        Answer answer =
                operator.post(
                        "/customers/onboard",
                        Map.of(
                                "tenant_id",
                                tenant,
                                "company_name",
                                "Company " + tenant,
                                "admin_email",
                                "admin@" + tenant.replace('_', '-') + ".example",
                                "subscription_plan",
                                plan));
        return Caller.tenant(server, answer.isOk().get("api_key"));
    }

    void makeDue(Caller tenant, String config) {
        tenant.patch(
                        "/scheduler/pipeline-configs/" + config,
                        Map.of("next_run_time", aMomentAgo().toString()))
                .isOk();
    }

    static Instant aMomentAgo() {
        return InstantSource.system().instant().minusSeconds(5).truncatedTo(ChronoUnit.MILLIS);
    }

    Answer trigger() {
        return operator.post("/scheduler/trigger", Map.of()).isOk();
    }

    Answer processNext() {
        return operator.post("/scheduler/process-queue", Map.of()).isOk();
    }

    /// Takes runs out of the queue, also retries that come meanwhile, until none waits or runs.
    void drain() {
        eventually(
                "the queue is empty",
                LONGEST,
                () -> {
                    operator.post("/scheduler/process-queue?max_items=100", Map.of()).isOk();
                    Answer queue = operator.get("/scheduler/queue/status");
                    return queue.number("queued") + queue.number("processing") == 0;
                });
    }

    JsonNode ended(Caller tenant, String run) {
        eventually("run " + run + " ends", LONGEST, () -> hasEnded(state(tenant, run)));
        return tenant.get("/pipelines/runs/" + run).isOk().json();
    }

    /// Runs a pipeline by hand to its end, where the server has workers.
    JsonNode run(Caller tenant, String path, Map<String, ?> parameters) {
        Answer accepted =
                tenant.post("/pipelines/run/" + path, Map.of("parameters", parameters)).isOk();
        return ended(tenant, accepted.get("pipeline_logging_id"));
    }

    static String state(Caller tenant, String run) {
        return tenant.get("/pipelines/runs/" + run).isOk().get("state");
    }

    static List<JsonNode> scheduled(Caller tenant, String query) {
        return tenant.get("/scheduler/scheduled?limit=200" + query).isOk().list("runs");
    }

    private static boolean hasEnded(String state) {
        return ENDS.contains(state);
    }
}
